using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Gives the JSON of a token, to be stored.</summary>
    /// <remarks>
    /// <para>
    /// The text has all of the token, secrets included. The token itself, written to a file without this command, is
    /// stored as a text that says so, and is lost.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// $token | ConvertFrom-PinterestToken | Set-Content token.json
    /// </code>
    /// <para>Stores a token. about_Pinterest.OAuth shows how to replace a file in one step.</para>
    /// </example>
    /// <example>
    /// <code>
    /// Set-Secret -Name pinterest -SecureStringSecret ($token | ConvertFrom-PinterestToken -AsSecureString)
    /// </code>
    /// <para>Stores it in a vault (module Microsoft.PowerShell.SecretManagement).</para>
    /// </example>
    [Cmdlet("ConvertFrom", "PinterestToken", HelpUri = Links.Help)]
    [OutputType(typeof(string))]
    public sealed class ConvertFromPinterestToken : TokenCommand
    {
        /// <summary>The token, in any form that Update-PinterestToken takes.</summary>
        [Parameter(Position = 0, ValueFromPipeline = true)]
        public object Token { get { return Get(); } set { Set(value); } }

        /// <summary>Gives a SecureString instead of text.</summary>
        [Parameter]
        public SwitchParameter AsSecureString { get; set; }

        internal override object Input { get { return Token; } }

        internal override void Take(object input)
        {
            var token = TokenReader.Read(input, "-Token");
            WriteObject(AsSecureString.IsPresent ? (object)token.SecureDocument : token.ToJson());
        }
    }
}
