// The token manager: settings in, accounts out. Where tokens are kept and when they are refreshed is the core's affair.

using System;
using System.Collections;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Pinterest.OAuth
{
    /// <summary>
    /// Keeps the tokens of an app's accounts in a store, refreshes each once when it is due, however many threads and
    /// processes ask, and loses none. Any number of threads may use it; managers with equal settings share what they know.
    /// </summary>
    public sealed class TokenManager : IDisposable
    {
        /// <summary>How long the end of the process waits for what is under way, in seconds: as long as a call may take.</summary>
        private const double AtTheEnd = 30;

        private readonly Handle handle;

        /// <summary>Opens the store that the environment names, or that of the user, for the app of the environment.</summary>
        public TokenManager() : this(null) { }

        /// <summary>Opens a store, and makes it where there is none.</summary>
        /// <param name="settings">
        /// The settings that <see cref="Configuration"/> explains, by their names in documents, those of a client and those
        /// of the store: store, recovery_dir, file_systems, clock_offset_file.
        /// </param>
        /// <exception cref="OAuthException">A setting cannot be used: it is named. Or the store cannot.</exception>
        public TokenManager(IDictionary settings)
        {
            Library.Check();
            Variables.HandOn();
            var made = IntPtr.Zero;
            Native.Ask(
                (byte[] document, out IntPtr json) => Library.Functions.pinterest_oauth_manager_new(document, out made, out json),
                Json.Write(settings ?? new Hashtable()));
            handle = new Handle(made, Library.Functions.pinterest_oauth_manager_free);
        }

        /// <summary>An account. Nothing is read.</summary>
        /// <param name="name">1 to 1,024 bytes of UTF-8 without control characters.</param>
        public Account Account(string name = "default")
        {
            return new Account(name, Opened(Library.Functions.pinterest_oauth_manager_account, OAuth.Account.Required(name, "account"), "account"));
        }

        /// <summary>Tokens of the app itself (client_credentials). Nothing is read.</summary>
        /// <param name="scopes">Scopes with commas or spaces between them.</param>
        public Account App(string scopes)
        {
            return new Account("", Opened(Library.Functions.pinterest_oauth_manager_app, OAuth.Account.Required(scopes, "scopes"), "scopes"));
        }

        /// <summary>Where every account of this app stands, by name.</summary>
        public AccountStatus[] Accounts()
        {
            var list = Native.Ask(handle, Library.Functions.pinterest_oauth_manager_accounts);
            return new Document("{\"accounts\":" + list + "}").Documents("Accounts").Select(one => new AccountStatus(one)).ToArray();
        }

        /// <summary>Refreshes every account of this app that is due.</summary>
        /// <param name="parallel">How many at once; 0 is the core's own number, 16.</param>
        public RefreshReport RefreshDue(int parallel = 0)
        {
            if (parallel < 0)
                throw OAuthException.InvalidArgument("parallel", "must not be negative");
            return new RefreshReport(new Document(Native.Ask(
                handle, (IntPtr inside, out IntPtr json) => Library.Functions.pinterest_oauth_manager_refresh_due(inside, (uint)parallel, out json))));
        }

        /// <summary>As <see cref="RefreshDue"/>, on another thread.</summary>
        public Task<RefreshReport> RefreshDueAsync(int parallel = 0)
        {
            return Workers.Start(() => RefreshDue(parallel));
        }

        /// <summary>Looks the store over.</summary>
        /// <param name="repair">Moves damaged records aside, and makes what is missing.</param>
        public StoreReport Doctor(bool repair = false)
        {
            return new StoreReport(new Document(Native.Ask(
                handle, (IntPtr inside, out IntPtr json) => Library.Functions.pinterest_oauth_manager_doctor(inside, repair ? 1 : 0, out json))));
        }

        /// <summary>
        /// Begins a login on the machine of the person: checks settings and store, listens at the redirect address, and opens
        /// a browser where <paramref name="options"/> or the surroundings say so. The caller disposes of it.
        /// </summary>
        /// <param name="options">
        /// account, redirect_uri, scope, browser and the other fields of <see cref="Commands.ConnectPinterestAccount"/>, by
        /// the names of documents: browser false is its -NoBrowser, confirm true asks where -Force would not.
        /// </param>
        /// <exception cref="InvalidArgumentException">Field names what is wrong; redirect_uri where nothing can listen there.</exception>
        /// <exception cref="InvalidConfigException">The app's id or secret is missing.</exception>
        /// <exception cref="StoreUnavailableException">The token could not be stored.</exception>
        public Login StartLogin(IDictionary options = null)
        {
            Variables.HandOn();
            string started;
            var opened = Opened(
                Library.Functions.pinterest_oauth_login_start, Library.Functions.pinterest_oauth_login_free, Json.Write(options ?? new Hashtable()),
                "options", out started);
            return new Login(opened, new LoginStarted(new Document(started)));
        }

        /// <summary>A whole login on the machine of the person: from nothing to a stored token.</summary>
        /// <param name="options">As of <see cref="StartLogin"/>.</param>
        /// <param name="started">
        /// Shows the person what Started of the login says; it may keep the login to paste, answer or cancel. Without it and
        /// without <paramref name="told"/> both are done on the console: the text goes to standard error, and an address may be
        /// pasted where standard input is a terminal.
        /// </param>
        /// <param name="told">
        /// Told of everything that happens, on the thread of the call. To the event confirm it answers; nobody asks unless the
        /// option confirm is true.
        /// </param>
        /// <param name="cancellation">Ends the wait. A code that was sent is exchanged and stored all the same.</param>
        /// <returns>How it ended: the outcome is done. Everything else is an exception.</returns>
        /// <exception cref="AccessDeniedException">The person did not allow it, or did not want the token replaced.</exception>
        /// <exception cref="DeadlineException">Nobody came back in time.</exception>
        /// <exception cref="StateMismatchException">A second browser came to the start page.</exception>
        /// <exception cref="CallCancelledException">Cancel of the login was called.</exception>
        /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> said so.</exception>
        public LoginEnd Login(
            IDictionary options = null, Action<Login> started = null, Action<Login, LoginEvent> told = null,
            CancellationToken cancellation = default(CancellationToken))
        {
            cancellation.ThrowIfCancellationRequested();
            using (var login = StartLogin(options))
            {
                if (started == null && told == null)
                    return new LoginConsole(login).Wait(cancellation);
                if (started != null)
                    started(login);
                return login.Wait(told, cancellation);
            }
        }

        /// <summary>As <see cref="Login"/>, on another thread, on which <paramref name="told"/> is called as well.</summary>
        public Task<LoginEnd> LoginAsync(
            IDictionary options = null, Action<Login> started = null, Action<Login, LoginEvent> told = null,
            CancellationToken cancellation = default(CancellationToken))
        {
            return Workers.Start(() => Login(options, started, told, cancellation));
        }

        /// <summary>
        /// Begins the login of a web app's visitor: answer with status 303, Url as Location, and one Set-Cookie header for each
        /// of SetCookies. Nothing is sent or stored: any worker with the same settings may end it.
        /// </summary>
        /// <param name="request">
        /// redirect_uri, where the visitor comes back to; account, default by default; scope; next, a path of the app to which
        /// the visitor goes afterwards; owner, such as the id of the app's own user: only the same one ends it; cookies, the
        /// Cookie header of the request, so that logins that were left open do not pile up; host, the Host that the browser
        /// sees, which is compared with redirect_uri; extra, further parameters of Pinterest's page.
        /// </param>
        /// <exception cref="InvalidArgumentException">Field names what the program got wrong.</exception>
        /// <exception cref="InvalidConfigException">The app's id or secret is missing.</exception>
        public LoginBegin BeginLogin(IDictionary request)
        {
            return new LoginBegin(new Document(Native.Ask(
                handle, Library.Functions.pinterest_oauth_login_begin, Json.Write(request ?? new Hashtable()), "request")));
        }

        /// <summary>
        /// Ends the login of a web app's visitor: exchanges the code once, ever, and stores the token before it returns. The same
        /// redirect again, on whichever worker, gives the token that is stored. What a visitor did wrong is an outcome.
        /// </summary>
        /// <param name="visit">
        /// query, that of the request, or its whole address; cookies, its Cookie header; method, by default GET: all others are
        /// no visit; purpose, its header Sec-Purpose, Purpose or X-Moz, whichever it has; owner, as at the begin; timeout in
        /// seconds, by default that of the settings.
        /// </param>
        /// <returns>How it ended, with the status, the cookies and the place to answer with.</returns>
        /// <exception cref="OAuthException">As of <see cref="OAuth.Account.Login"/>; the visitor's cookie lives on for its ten minutes.</exception>
        public LoginEnd FinishLogin(IDictionary visit)
        {
            return new LoginEnd(new Document(Native.Ask(
                handle, Library.Functions.pinterest_oauth_login_finish, Json.Write(visit ?? new Hashtable()), "visit")));
        }

        /// <summary>As <see cref="FinishLogin"/>, on another thread.</summary>
        public Task<LoginEnd> FinishLoginAsync(IDictionary visit)
        {
            return Workers.Start(() => FinishLogin(visit));
        }

        /// <summary>
        /// Waits until what this process has begun is stored: a refresh or a login that was sent is driven to its end. The
        /// normal end of a process does it by itself.
        /// </summary>
        /// <param name="seconds">How long at most.</param>
        /// <returns>Whether nothing is left.</returns>
        public static bool Finish(double seconds = AtTheEnd)
        {
            return Library.Functions.pinterest_oauth_finish(seconds) != 0;
        }

        /// <summary>
        /// What the token managers of this process did since the last time, one line for each refresh, whichever thread made it:
        /// for the program's own log. The newest 256 are kept. No secret is in them.
        /// </summary>
        public static LogLine[] TakeLog()
        {
            var list = Native.Ask((byte[] none, out IntPtr json) => Library.Functions.pinterest_oauth_take_log(out json), null);
            return new Document("{\"lines\":" + list + "}").Documents("Lines").Select(one => new LogLine(one)).ToArray();
        }

        /// <summary>Frees it. Its accounts live on, and nothing that is stored changes.</summary>
        public void Dispose()
        {
            handle.Dispose();
        }

        private Handle Opened(Functions.Open function, string text, string place)
        {
            string told;
            return Opened(function, Library.Functions.pinterest_oauth_account_free, text, place, out told);
        }

        private Handle Opened(Functions.Open function, Functions.Free free, string text, string place, out string answer)
        {
            var made = IntPtr.Zero;
            answer = Native.Ask(
                (byte[] bytes, out IntPtr json) =>
                {
                    var told = IntPtr.Zero;
                    var status = handle.Use(inside => function(inside, bytes, out made, out told));
                    json = told;
                    return status;
                },
                text, place);
            return new Handle(made, free);
        }
    }
}
