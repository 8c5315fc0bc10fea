using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Gives an account another name.</summary>
    /// <remarks><para>Programs that use the old name get the error unknown_account from then on.</para></remarks>
    /// <example>
    /// <code>
    /// Rename-PinterestAccount shop-42 -NewName shop-berlin
    /// </code>
    /// <para>Renames it.</para>
    /// </example>
    [Cmdlet("Rename", "PinterestAccount", SupportsShouldProcess = true, HelpUri = Links.Help)]
    [OutputType(typeof(AccountStatus))]
    public sealed class RenamePinterestAccount : WaitingCommand
    {
        /// <summary>The name of the account, or what Get-PinterestAccount gives. It is compared letter by letter.</summary>
        /// <value>default</value>
        [Parameter(Position = 0)]
        public object Account { get { return Get(); } set { Set(value); } }

        /// <summary>The other name, which no account has.</summary>
        [Parameter(Position = 1)]
        public object NewName { get { return Get(); } set { Set(value); } }

        /// <summary>Returns where the account stands.</summary>
        [Parameter]
        public SwitchParameter PassThru { get; set; }

        /// <summary>Renames it.</summary>
        protected override void ProcessRecord()
        {
            Ending(() =>
            {
                var name = Values.Unwrapped(NewName) as string;
                if (name == null)
                    throw OAuthException.InvalidArgument("-NewName", "must be text");
                Native.Bytes(name, "-NewName");
                var account = ChosenAccount();
                if (!ShouldProcess(account.Name, "Rename to " + name))
                    return;
                Awaited(() =>
                {
                    account.Rename(name);
                    return true;
                });
                if (PassThru.IsPresent)
                    WriteObject(Awaited(AccountOf(name).Status));
            });
        }
    }
}
