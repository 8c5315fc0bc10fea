// The token manager: settings in, accounts out. Where tokens are kept and when they are refreshed is the core's affair.

using System;
using System.Collections;
using System.Linq;
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

        static TokenManager()
        {
            AppDomain.CurrentDomain.ProcessExit += (sender, arguments) => Finish(AtTheEnd);
        }

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
            return Opened(Library.Functions.pinterest_oauth_manager_account, name, name, "account");
        }

        /// <summary>Tokens of the app itself (client_credentials). Nothing is read.</summary>
        /// <param name="scopes">Scopes with commas or spaces between them.</param>
        public Account App(string scopes)
        {
            return Opened(Library.Functions.pinterest_oauth_manager_app, scopes, "", "scopes");
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
        /// Waits until what this process has begun is stored: a refresh or a login that was sent is driven to its end. The
        /// normal end of a process does it by itself.
        /// </summary>
        /// <param name="seconds">How long at most.</param>
        /// <returns>Whether nothing is left.</returns>
        public static bool Finish(double seconds = AtTheEnd)
        {
            return Library.Functions.pinterest_oauth_finish(seconds) != 0;
        }

        /// <summary>Frees it. Its accounts live on, and nothing that is stored changes.</summary>
        public void Dispose()
        {
            handle.Dispose();
        }

        private Account Opened(Functions.Open function, string text, string name, string place)
        {
            var made = IntPtr.Zero;
            Native.Ask(
                (byte[] bytes, out IntPtr json) =>
                {
                    var told = IntPtr.Zero;
                    var status = handle.Use(inside => function(inside, bytes, out made, out told));
                    json = told;
                    return status;
                },
                OAuth.Account.Required(text, place), place);
            return new Account(name, new Handle(made, Library.Functions.pinterest_oauth_account_free));
        }
    }
}
