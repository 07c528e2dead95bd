import { z } from 'zod';
import { identifier, line } from './profile-text.ts';

// The places that keep a copy of a password, as a profile describes them. One shape a kind.

const id = line(64).meta({
  title: 'Consumer',
  description: 'A short name of your choice for this copy of a password.',
});
const login = identifier.meta({ title: 'Login', description: 'The SQL login whose password stands there.' });
const path = line(1024).meta({ title: 'File', description: 'The whole path of the file.' });
const holds = z.enum(['connection-string', 'password']).meta({
  title: 'Holds',
  description: '"connection-string", or "password" where nothing but the password stands there.',
});
const loginBeside = (what: string) =>
  line(512)
    .nullable()
    .meta({
      title: 'Login beside it',
      description: `The ${what} where the login stands beside a bare password, which is then looked at before every change; null where there is none.`,
    });
const kind = <K extends string>(name: K, what: string) =>
  z.literal(name).meta({ title: 'Kind', description: `"${name}": ${what}.` });

const xmlConfig = z
  .strictObject({
    id,
    kind: kind('xml-config', 'a connection string in a .NET configuration file'),
    path,
    connectionString: line(256).meta({
      title: 'Connection string',
      description: 'The name of the connection string in that file.',
    }),
    login,
  })
  .meta({ title: 'Connection string of .NET' });

const attributePlace = (title: string) =>
  line(512).meta({
    title,
    description: "The way to the attribute, such as configuration/appSettings/add[@key='DbPassword']/@value.",
  });
const xmlAttribute = z
  .strictObject({
    id,
    kind: kind('xml-attribute', 'an attribute in an XML file'),
    path,
    attribute: attributePlace('Attribute'),
    holds,
    loginAttribute: loginBeside('way to the attribute'),
    login,
  })
  .meta({ title: 'Attribute in an XML file' });

const json = z
  .strictObject({
    id,
    kind: kind('json', 'a text in a JSON file, with or without comments'),
    path,
    pointer: line(512).meta({
      title: 'Pointer',
      description: 'The way to the text, such as /ConnectionStrings/Acs or ConnectionStrings.Acs.',
    }),
    holds,
    loginPointer: loginBeside('way to the text'),
    login,
  })
  .meta({ title: 'JSON' });

const ini = z
  .strictObject({
    id,
    kind: kind('ini', 'a key in an INI file'),
    path,
    section: z
      .string()
      .max(256)
      .regex(/^[^\p{Cc}\]]*$/u)
      .meta({ title: 'Section', description: 'The section without its brackets; "" for keys before the first.' }),
    key: line(256).meta({ title: 'Key', description: 'The key in that section.' }),
    holds,
    loginKey: loginBeside('key in the same section'),
    login,
  })
  .meta({ title: 'INI' });

const env = z
  .strictObject({
    id,
    kind: kind('env', 'a variable in a file of variables (.env)'),
    path,
    variable: line(256).meta({ title: 'Variable', description: 'The name of the variable.' }),
    holds,
    loginVariable: loginBeside('variable'),
    login,
  })
  .meta({ title: 'Variables' });

const udl = z
  .strictObject({ id, kind: kind('udl', 'a data link of Windows (.udl)'), path, login })
  .meta({ title: 'Data link' });

const registryValue = z
  .strictObject({
    id,
    kind: kind('registry-value', 'a text in the registry of Windows'),
    key: line(1024).meta({
      title: 'Key',
      description: String.raw`The key with its hive in full, such as HKEY_LOCAL_MACHINE\SOFTWARE\Vendor\Acs.`,
    }),
    value: z
      .string()
      .max(256)
      .regex(/^\P{Cc}*$/u)
      .meta({ title: 'Value', description: 'The name of the value; "" for the one without a name.' }),
    view: z.enum(['64-bit', '32-bit']).optional().meta({
      title: 'View',
      description: '"64-bit" as when left out, or "32-bit" where a service of 32 bits reads it.',
    }),
    holds,
    login,
  })
  .meta({ title: 'Value in the registry' });

/** In seconds: a vendor's tool that takes longer hangs. */
const longestCommand = 600;

const command = z
  .strictObject({
    id,
    kind: kind('command', "the vendor's own tool, which reads the password from its standard input"),
    program: line(1024).meta({ title: 'Program', description: 'The whole path of the program.' }),
    arguments: z
      .array(line(1024).meta({ description: 'An argument as the program takes it; never a password.' }))
      .max(64)
      .meta({ title: 'Arguments', description: 'A list of its arguments, none of which is a password.' }),
    speaks: z.enum(['json', 'line']).meta({
      title: 'Speaks',
      description:
        '"json" where it reads one line of JSON with login, password and nonce and answers one with the nonce, or "line" where it reads the password as a line and says no more than its exit code.',
    }),
    seconds: z
      .number()
      .int()
      .min(1)
      .max(longestCommand)
      .meta({
        title: 'Time limit in seconds',
        description: `A whole number of seconds from 1 to ${longestCommand}, after which the program is ended.`,
      }),
    login,
  })
  .meta({ title: 'Command' });

const person = z
  .strictObject({
    id,
    kind: kind('person', 'a place that only a person can write, such as a dialog of the vendor'),
    place: line(256).meta({ title: 'Place', description: 'The name of the place as the person knows it.' }),
    instructions: line(2000).meta({
      title: 'Instructions',
      description: 'What the person has to do there, in a few sentences; never a password.',
    }),
    login,
  })
  .meta({ title: 'Person' });

/** One copy of a password. */
export const consumerSchema = z
  .discriminatedUnion('kind', [xmlConfig, xmlAttribute, json, ini, env, udl, registryValue, command, person])
  .meta({
    title: 'Consumer',
    description:
      'An object that describes one copy of a password, by its kind: "xml-config", "xml-attribute", "json", "ini", "env", "udl", "registry-value", "command" or "person".',
  });
export type ConsumerProfile = z.infer<typeof consumerSchema>;

/** A place that looks like it keeps a password: for a person to judge, never with a password in it. */
export const consumerProposalSchema = z.strictObject({
  /** The path of the file. */
  place: z.string(),
  line: z.number().int().positive(),
  kind: z.enum(['xml-config', 'xml-attribute', 'json', 'ini', 'env', 'udl', 'unknown']),
  /** As the file says it; null where it says none. */
  login: z.string().nullable(),
  /** A password that Mortise knows, another one, or something that only its own program can read. */
  holds: z.enum(['known secret', 'another', 'opaque']),
  /** Ready for the profile; null where no kind fits, or the login is not known. */
  entry: consumerSchema.nullable(),
  /** A sentence on how sure this is, and what is in the way. */
  why: z.string(),
});
export type ConsumerProposal = z.infer<typeof consumerProposalSchema>;

/** What a search for copies found, where it looked, and what it could not look at. */
export const foundCopiesSchema = z.strictObject({
  places: z.array(z.string()),
  proposals: z.array(consumerProposalSchema),
  left: z.array(z.strictObject({ place: z.string(), why: z.string() })),
});
export type FoundCopies = z.infer<typeof foundCopiesSchema>;
