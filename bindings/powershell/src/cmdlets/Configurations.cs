using System.Collections;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Gets the settings that all commands of this session use.</summary>
    /// <remarks>
    /// <para>
    /// Returns the settings themselves, not a copy: what is set on them counts from the next call on. What is $null comes
    /// from the environment (PINTEREST_APP_ID, PINTEREST_APP_SECRET, PINTEREST_API_URI, PINTEREST_OAUTH_URI, PINTEREST_OAUTH_STORE,
    /// HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE), or has its default. A change of the environment counts from the next call on. Each runspace
    /// has settings of its own.
    /// </para>
    /// <para>Password and proxy are kept as a SecureString and are never shown.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// $Configuration = Get-Configuration
    /// $Configuration.Username = '1234567'
    /// $Configuration.Password = Read-Host -AsSecureString 'App secret'
    /// </code>
    /// <para>Sets app id and app secret.</para>
    /// </example>
    [Cmdlet("Get", "Configuration", HelpUri = Links.Help)]
    [OutputType(typeof(Configuration))]
    public sealed class GetConfiguration : Command
    {
        /// <summary>Gives the settings.</summary>
        protected override void ProcessRecord()
        {
            WriteObject(Settings);
        }
    }

    /// <summary>Changes the settings that all calls of this session use.</summary>
    /// <remarks>
    /// <para>
    /// Only the settings that are named change; $null takes one back. A value that cannot be used is reported by the next
    /// call, by name.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// Set-Configuration -Credential (Get-Credential -Message 'App id and app secret') -TimeoutSec 10
    /// </code>
    /// <para>Sets app id, app secret and the deadline.</para>
    /// </example>
    [Cmdlet("Set", "Configuration", SupportsShouldProcess = true, HelpUri = Links.Help)]
    [OutputType(typeof(Configuration))]
    public sealed class SetConfiguration : Command
    {
        /// <summary>The app's id: text or a number.</summary>
        /// <value>PINTEREST_APP_ID</value>
        [Parameter]
        public object Username { get { return Get(); } set { Set(value); } }

        /// <summary>The app's secret: text or a SecureString.</summary>
        /// <value>PINTEREST_APP_SECRET</value>
        [Parameter]
        public object Password { get { return Get(); } set { Set(value); } }

        /// <summary>App id and app secret together: a PSCredential.</summary>
        [Parameter]
        public object Credential { get; set; }

        /// <summary>production or sandbox.</summary>
        /// <value>production</value>
        [Parameter]
        [ArgumentCompleter(typeof(Environments))]
        public object Environment { get { return Get(); } set { Set(value); } }

        /// <summary>Another server for tokens, with or without /v5: text or a Uri.</summary>
        /// <value>PINTEREST_API_URI, or Pinterest</value>
        [Parameter]
        public object BaseUrl { get { return Get(); } set { Set(value); } }

        /// <summary>Another server for the page at which users give access: text or a Uri.</summary>
        /// <value>PINTEREST_OAUTH_URI, or Pinterest</value>
        [Parameter]
        public object OauthUrl { get { return Get(); } set { Set(value); } }

        /// <summary>The deadline of a whole call: seconds, fractions allowed, or a TimeSpan. At most 600.</summary>
        /// <value>30</value>
        [Parameter]
        public object TimeoutSec { get { return Get(); } set { Set(value); } }

        /// <summary>The deadline for a connection: seconds, fractions allowed, or a TimeSpan.</summary>
        /// <value>10</value>
        [Parameter]
        public object ConnectTimeoutSec { get { return Get(); } set { Set(value); } }

        /// <summary>The address of a proxy: text, a Uri or a SecureString.</summary>
        /// <value>HTTPS_PROXY, HTTP_PROXY, ALL_PROXY</value>
        [Parameter]
        public object Proxy { get { return Get(); } set { Set(value); } }

        /// <summary>Hosts that need no proxy, with commas between them.</summary>
        /// <value>NO_PROXY</value>
        [Parameter]
        public object NoProxy { get { return Get(); } set { Set(value); } }

        /// <summary>A file of certificates to trust instead of the system's: a path or a file.</summary>
        /// <value>SSL_CERT_FILE, or the system's certificates</value>
        [Parameter]
        public object CaFile { get { return Get(); } set { Set(value); } }

        /// <summary>Uses a connection again for the next call. -KeepAlive:$false gives each call one of its own.</summary>
        [Parameter]
        public SwitchParameter KeepAlive { get { return default(SwitchParameter); } set { Set(value.IsPresent); } }

        /// <summary>Permits http elsewhere than on this machine. -AllowHttp:$false forbids it.</summary>
        [Parameter]
        public SwitchParameter AllowHttp { get { return default(SwitchParameter); } set { Set(value.IsPresent); } }

        /// <summary>Whether the environment counts where a setting is missing.</summary>
        /// <value>True</value>
        [Parameter]
        [ArgumentCompleter(typeof(Truths))]
        public object TrustEnv { get { return Get(); } set { Set(value); } }

        /// <summary>
        /// The folder in which tokens are kept, for the commands with an account: a path or a folder; :memory: keeps them in
        /// this process alone.
        /// </summary>
        /// <value>PINTEREST_OAUTH_STORE, the first of STATE_DIRECTORY, or pinterest-oauth in the user's state folder</value>
        [Parameter]
        public object Store { get { return Get(); } set { Set(value); } }

        /// <summary>A second folder, on another disk, for a token that the store cannot take. The store remembers it.</summary>
        [Parameter]
        public object RecoveryDir { get { return Get(); } set { Set(value); } }

        /// <summary>File systems allowed besides the local ones, by name, as nfs4: there tokens may be lost.</summary>
        [Parameter]
        public object FileSystems { get { return Get(); } set { Set(value); } }

        /// <summary>A file with a number of seconds by which the clock is moved, for tests against this machine.</summary>
        [Parameter]
        public object ClockOffsetFile { get { return Get(); } set { Set(value); } }

        /// <summary>Returns the settings.</summary>
        [Parameter]
        public SwitchParameter PassThru { get; set; }

        /// <summary>Changes the settings.</summary>
        protected override void ProcessRecord()
        {
            Ending(() =>
            {
                var credential = CallCommand.Pair(Credential);
                if (!ShouldProcess("the settings of this session", "Change"))
                    return;
                if (credential != null)
                {
                    Settings.Username = credential.UserName;
                    Settings.Password = credential.Password;
                }
                foreach (DictionaryEntry setting in Given)
                    Change((string)setting.Key, setting.Value);
            });
            if (PassThru.IsPresent)
                WriteObject(Settings);
        }

        private void Change(string name, object value)
        {
            // From where PowerShell is now, not where it is at the call.
            value = Configuration.Absolute(name, value, PathOf);
            typeof(Configuration).GetProperty(name).SetValue(Settings, value, null);
        }
    }
}
