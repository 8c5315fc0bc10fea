using System.Collections.Generic;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Stores a token that was issued elsewhere as that of an account.</summary>
    /// <remarks>
    /// <para>
    /// It replaces what the account had. From then on the store refreshes it: no other program may use its refresh token. One
    /// without a refresh token lives until it expires.
    /// </para>
    /// <para>Of several in the pipeline each names its account: in a property or column that is called account.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// Get-Content token.json -Raw | Import-PinterestAccount shop-42
    /// </code>
    /// <para>Takes over a token from a file.</para>
    /// </example>
    [Cmdlet("Import", "PinterestAccount", SupportsShouldProcess = true, HelpUri = Links.Help)]
    [OutputType(typeof(AccountStatus))]
    public sealed class ImportPinterestAccount : TokenCommand
    {
        private readonly HashSet<string> imported = new HashSet<string>();

        /// <summary>The name of the account, or what Get-PinterestAccount gives. It is compared letter by letter.</summary>
        /// <value>The account of the row, or default</value>
        [Parameter(Position = 0)]
        public object Account { get { return Get(); } set { Set(value); } }

        /// <summary>The token, in any form that Update-PinterestToken takes.</summary>
        [Parameter(Position = 1, ValueFromPipeline = true)]
        public object Token { get { return Get(); } set { Set(value); } }

        /// <summary>Returns where the account stands.</summary>
        [Parameter]
        public SwitchParameter PassThru { get; set; }

        internal override object Input { get { return Token; } }

        internal override void Take(object input)
        {
            var named = Given.Contains("Account") ? null : AccountName.OfRow(input);
            var account = named == null ? ChosenAccount() : AccountOf(named);
            var token = TokenReader.Read(named == null ? input : AccountName.Without(input), "-Token");
            if (!imported.Add(account.Name))
                throw OAuthException.InvalidArgument(
                    "-Account", "is that of another token of this pipeline already, which this one would replace");
            if (!ShouldProcess(account.Name, "Store a token in place of what it has"))
                return;
            var status = Awaited(() =>
            {
                account.Import(token);
                return account.Status();
            });
            if (PassThru.IsPresent)
                WriteObject(status);
        }
    }
}
