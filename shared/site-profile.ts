import { z } from 'zod';
import { consumerSchema } from './consumer-profile.ts';
import { disagreementsOf } from './profile-agreement.ts';
import { identifier, line } from './profile-text.ts';
import { serverAddressSchema } from './server-address.ts';
import { plainText } from './shown-text.ts';

export { isLoopback } from './loopback.ts';
export { addressText, serverAddressSchema, transportSchema, trustSchema } from './server-address.ts';
export type { ServerAddress, SqlTransport, Trust } from './server-address.ts';

/** The version of the profile's shape; a file with another one is refused with both numbers. */
export const profileFormat = 1;

/**
 * Column types that a register can hold; the guard compares them by value. Lengths are those of SQL Server: 8000 bytes
 * in a column, two of them for a character of nchar.
 */
const columnType = z
  .string()
  .regex(
    /^(?:tinyint|smallint|int|bigint|uniqueidentifier|n(?:var)?char\((?:[1-9]\d{0,2}|[1-3]\d{3}|4000)\)|(?:var)?char\((?:[1-9]\d{0,2}|[1-7]\d{3}|8000)\))$/,
  )
  .meta({
    title: 'Type of the column',
    description:
      'The type as SQL Server has it: tinyint, smallint, int, bigint, uniqueidentifier, or char, varchar, nchar or nvarchar with its length, such as nvarchar(32).',
  });

/** A week, in seconds: longer is a slip, and no time can be reckoned back from it. */
const longestHeartbeat = 7 * 24 * 60 * 60;

const columnName = (title: string, what: string) =>
  identifier.meta({ title, description: `The name of the column ${what}.` });
const optionalColumn = (title: string, what: string) =>
  identifier.nullable().meta({ title, description: `The name of the column ${what}; null where there is none.` });
const column = z
  .strictObject({ column: columnName('Column', 'as the table has it'), type: columnType })
  .meta({ title: 'Column', description: 'An object with the name of the column and its type.' });

const controllerTable = z
  .strictObject({
    schema: identifier.meta({ title: 'Schema', description: 'The schema of the table, mostly dbo.' }),
    table: identifier.meta({ title: 'Table', description: 'The name of the table that holds the controllers.' }),
    key: column.meta({ title: 'Key', description: 'The column that is the primary key, with its type.' }),
    /** Besides the key: what makes a controller that controller. */
    identifying: z.array(column).min(1).max(8).meta({
      title: 'Identifying columns',
      description:
        'One to eight columns besides the key that make a controller that controller, such as its serial number. While commissioning mode is off nobody can change them.',
    }),
    serial: columnName('Serial number', 'that holds the serial number: the key or one of the identifying columns'),
    displayName: optionalColumn('Name', 'that holds the name people know'),
    address: optionalColumn('Address', 'that holds the network address'),
    model: optionalColumn('Model', 'that holds the model'),
    /** When a controller was last heard of, and by which clock; null where the table does not say. */
    lastSeen: z
      .strictObject({
        column: columnName('Column', 'that holds when the controller was last heard of'),
        timeBase: z.enum(['utc', 'local']).meta({
          title: 'Clock',
          description: '"utc", or "local" where the software writes the local time of the server.',
        }),
      })
      .nullable()
      .meta({
        title: 'Last seen',
        description:
          'The column that holds when a controller was last heard of, and its clock; null where there is none.',
      }),
    heartbeatSeconds: z.number().positive().max(longestHeartbeat).meta({
      title: 'Heartbeat in seconds',
      description: 'A number of seconds above 0 and at most 604800 (a week): how often a controller is heard of.',
    }),
    unsupportedModels: z
      .array(line(100).meta({ title: 'Model', description: 'A model as the table writes it.' }))
      .meta({
        title: 'Models that the next version drops',
        description: 'A list of models, as the table writes them; empty where none is dropped.',
      }),
    /**
     * False leaves the guard of updates out, for software that uses OUTPUT without INTO on updates (error 334); changed
     * controllers are then found by comparing with the register, not refused.
     */
    guardUpdates: z.boolean().meta({
      title: 'Guard updates',
      description:
        'true, or false where the software uses OUTPUT without INTO on updates (error 334): changed controllers are then found, not refused.',
    }),
  })
  .meta({ title: 'Controller table', description: 'The table that holds the controllers, and what its columns mean.' });

const loginName = (title: string, description: string) => identifier.meta({ title, description });
const serviceName = line(256).meta({
  title: 'Service',
  description: 'The name of the service as the operating system knows it, not the one that its list shows.',
});

export const siteProfileShape = z
  .strictObject({
    /** For editors that check the file while it is written; not looked at. */
    $schema: line(500)
      .optional()
      .meta({ title: 'JSON Schema', description: 'The JSON Schema of this file, for editors.' }),
    format: z.literal(profileFormat).meta({
      title: 'Format',
      description: `The number ${profileFormat}: the format that this version of Mortise reads.`,
    }),
    name: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .regex(plainText)
      .meta({ title: 'Name of the site', description: 'The name of the site, at most 100 characters.' }),
    endpoint: serverAddressSchema
      .extend({
        database: identifier.meta({
          title: 'Database',
          description: "The name of the access-control software's database.",
        }),
      })
      .meta({ title: 'SQL Server', description: 'Where SQL Server is, and which database on it.' }),
    controllerTable,
    /** Mortise's own login. */
    runLogin: loginName('Run login', "The SQL login that is Mortise's own, mostly mortise_run."),
    /** The logins that services use, and where each keeps its copy. */
    serviceLogins: z
      .array(
        z
          .strictObject({
            login: loginName('Login', 'The SQL login that services use.'),
            services: z
              .array(line(256).meta({ description: 'The name of a service that stands in "services".' }))
              .meta({ title: 'Services', description: 'A list of the services that use this login.' }),
            consumers: z
              .array(line(64).meta({ description: 'The id of a consumer that stands in "consumers".' }))
              .meta({ title: 'Consumers', description: 'A list of the copies of its password.' }),
          })
          .meta({
            title: 'Service login',
            description: 'An object with a login, the services that use it and the copies of its password.',
          }),
      )
      .meta({
        title: 'Service logins',
        description: 'A list of the logins that services use; empty where none is known.',
      }),
    /** In the order in which they are stopped; started in reverse. */
    services: z
      .array(
        z
          .strictObject({ name: serviceName })
          .meta({ title: 'Service', description: 'An object with the name of a service.' }),
      )
      .meta({
        title: 'Services',
        description: 'A list of the services in the order in which they are stopped; they are started in reverse.',
      }),
    consumers: z
      .array(consumerSchema)
      .meta({ title: 'Consumers', description: 'A list of the places that keep a copy of a password.' }),
  })
  .meta({
    title: 'Site profile of Mortise',
    description:
      'One installation: where its SQL Server is, which table holds its controllers, who logs in from where.',
  });

/** The shape, and that its parts agree with each other. */
export const siteProfileSchema = siteProfileShape.superRefine((profile, context) => {
  for (const { path, sentence } of disagreementsOf(profile))
    context.addIssue({ code: 'custom', path: [...path], message: sentence });
});

/** One installation, described: where its SQL Server is, which table holds its controllers, who logs in from where. */
export type SiteProfile = z.infer<typeof siteProfileSchema>;

/** One thing that is wrong with a profile: where, and in a sentence that says what to write there. */
export const profileFaultSchema = z.strictObject({
  code: z.enum([
    'missing',
    'type',
    'unknown-key',
    'duplicate',
    'range',
    'contradiction',
    'form',
    'text',
    'size',
    'json',
  ]),
  /** `endpoint.transport.port`, `services.1.name`; empty for the file as a whole. */
  path: z.string(),
  sentence: z.string(),
});
export type ProfileFault = z.infer<typeof profileFaultSchema>;
