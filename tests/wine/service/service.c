/* A Windows service for the tests: what it does wrong stands on its command line. */
#include <windows.h>
#include <stddef.h>
#include <string.h>

/* What the product reads byte by byte. */
_Static_assert(sizeof(SERVICE_STATUS_PROCESS) == 36, "SERVICE_STATUS_PROCESS");
_Static_assert(offsetof(SERVICE_STATUS_PROCESS, dwWin32ExitCode) == 12, "dwWin32ExitCode");
_Static_assert(offsetof(SERVICE_STATUS_PROCESS, dwProcessId) == 28, "dwProcessId");
_Static_assert(sizeof(ENUM_SERVICE_STATUSW) == 48, "ENUM_SERVICE_STATUSW");
_Static_assert(offsetof(ENUM_SERVICE_STATUSW, lpServiceName) == 0, "lpServiceName");

static SERVICE_STATUS_HANDLE handle;
static SERVICE_STATUS status;
static const char *behaviour;
static HANDLE told;

static void report(DWORD state, DWORD accepted, DWORD exit_code, DWORD own_code)
{
    status.dwServiceType = SERVICE_WIN32_OWN_PROCESS;
    status.dwCurrentState = state;
    status.dwControlsAccepted = accepted;
    status.dwWin32ExitCode = exit_code;
    status.dwServiceSpecificExitCode = own_code;
    status.dwWaitHint = 60000;
    SetServiceStatus(handle, &status);
}

static int is(const char *name)
{
    return strcmp(behaviour, name) == 0;
}

static DWORD WINAPI control(DWORD code, DWORD type, void *event, void *context)
{
    (void)type; (void)event; (void)context;
    if (code != SERVICE_CONTROL_STOP) return NO_ERROR;
    report(SERVICE_STOP_PENDING, 0, NO_ERROR, 0);
    if (!is("hangs-in-stop")) SetEvent(told);
    return NO_ERROR;
}

static void WINAPI run(DWORD count, LPWSTR *arguments)
{
    (void)count; (void)arguments;
    told = CreateEventW(NULL, TRUE, FALSE, NULL);
    handle = RegisterServiceCtrlHandlerExW(L"", control, NULL);
    report(SERVICE_START_PENDING, 0, NO_ERROR, 0);
    if (is("hangs-in-start")) Sleep(INFINITE);
    if (is("ends-with-42")) {
        report(SERVICE_STOPPED, 0, ERROR_SERVICE_SPECIFIC_ERROR, 42);
        return;
    }
    report(SERVICE_RUNNING, is("refuses-to-stop") ? 0 : SERVICE_ACCEPT_STOP, NO_ERROR, 0);
    if (is("dies")) {
        Sleep(300);
        ExitProcess(3);
    }
    WaitForSingleObject(told, INFINITE);
    report(SERVICE_STOPPED, 0, NO_ERROR, 0);
}

int main(int count, char **arguments)
{
    SERVICE_TABLE_ENTRYW table[] = { { L"", run }, { NULL, NULL } };
    behaviour = count > 1 ? arguments[1] : "good";
    if (is("never-answers")) Sleep(INFINITE);
    return StartServiceCtrlDispatcherW(table) ? 0 : 1;
}
