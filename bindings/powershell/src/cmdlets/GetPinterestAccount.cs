using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Says where accounts stand.</summary>
    /// <remarks>
    /// <para>
    /// Nothing is sent. State is ready; doubtful, when Pinterest refused the refresh token once and is asked again; or
    /// needs_login. Warning is what somebody should look after, before it is too late.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// Get-PinterestAccount | Where-Object Warning | Format-List 'Account', 'State', 'Warning'
    /// </code>
    /// <para>Shows the accounts that somebody should look after.</para>
    /// </example>
    [Cmdlet("Get", "PinterestAccount", HelpUri = Links.Help)]
    [OutputType(typeof(AccountStatus))]
    public sealed class GetPinterestAccount : EachAccountCommand
    {
        internal override void Work(Account account)
        {
            WriteObject(Awaited(account.Status));
        }

        // Without a name all of them.
        internal override void WithoutAccount()
        {
            foreach (var status in Awaited(Settings.Manager(PathOf).Accounts))
                WriteObject(status);
        }
    }
}
