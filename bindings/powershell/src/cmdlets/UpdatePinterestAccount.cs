using System;
using System.Globalization;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Refreshes the token of an account, or of all accounts, where it is due.</summary>
    /// <remarks>
    /// <para>
    /// Programs need it not: Get-PinterestAccessToken refreshes what is due. It is for accounts that no program asks for:
    /// -Due under a timer keeps them alive. The new token is stored; its status is given, and with -Due a report.
    /// </para>
    /// <para>Of -Due each account that fails is an error of its own, with its name as TargetObject.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// Update-PinterestAccount -Due
    /// </code>
    /// <para>Refreshes every account that is due, as a scheduled task does.</para>
    /// </example>
    /// <example>
    /// <code>
    /// Update-PinterestAccount shop-42 -Force
    /// </code>
    /// <para>Refreshes one now, although nothing is due.</para>
    /// </example>
    [Cmdlet("Update", "PinterestAccount", SupportsShouldProcess = true, HelpUri = Links.Help)]
    [OutputType(typeof(AccountStatus), typeof(RefreshReport))]
    public sealed class UpdatePinterestAccount : EachAccountCommand
    {
        /// <summary>Refreshes although nothing is due, in a wait after a failure, and where a login is needed.</summary>
        [Parameter]
        public SwitchParameter Force { get; set; }

        /// <summary>Refreshes every account of this app that is due.</summary>
        [Parameter]
        public SwitchParameter Due { get; set; }

        /// <summary>How many accounts -Due refreshes at once.</summary>
        /// <value>16</value>
        [Parameter]
        public object ThrottleLimit { get { return Get(); } set { Set(value); } }

        internal override void Work(Account account)
        {
            if (Due.IsPresent)
                throw OAuthException.InvalidArgument("-Account", "does not go with -Due, which means all accounts");
            if (!ShouldProcess(account.Name, "Refresh the token"))
                return;
            var force = Force.IsPresent;
            WriteObject(Awaited(() =>
            {
                account.Refresh(force);
                return account.Status();
            }));
        }

        internal override void WithoutAccount()
        {
            if (!Due.IsPresent)
            {
                base.WithoutAccount();
                return;
            }
            if (Force.IsPresent)
                throw OAuthException.InvalidArgument("-Force", "does not go with -Due: it is for one account");
            var parallel = Parallel();
            var manager = Settings.Manager(PathOf);
            if (!ShouldProcess("all accounts that are due", "Refresh the tokens"))
                return;
            var report = Awaited(() => manager.RefreshDue(parallel));
            foreach (var failure in report.Failed)
                WriteError(Record(failure.Error, failure.Account));
            WriteObject(report);
        }

        private int Parallel()
        {
            int number;
            var limit = Values.Given(ThrottleLimit);
            if (limit == null)
                return 0;
            if (int.TryParse(Convert.ToString(limit, CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0)
                return number;
            throw OAuthException.InvalidArgument("-ThrottleLimit", "must be a whole number above 0");
        }
    }
}
