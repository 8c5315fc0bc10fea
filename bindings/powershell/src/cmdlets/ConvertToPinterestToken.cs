using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Reads a stored token.</summary>
    /// <remarks><para>Of several inputs in the pipeline, one that is no token is an error of its own.</para></remarks>
    /// <example>
    /// <code>
    /// $token = Get-Content token.json -Raw | ConvertTo-PinterestToken
    /// </code>
    /// <para>Reads what ConvertFrom-PinterestToken wrote.</para>
    /// </example>
    [Cmdlet("ConvertTo", "PinterestToken", HelpUri = Links.Help)]
    [OutputType(typeof(Token))]
    public sealed class ConvertToPinterestToken : TokenCommand
    {
        /// <summary>
        /// The token's JSON as text, as lines or as a SecureString; or what Import-Clixml, ConvertFrom-Json, Import-Csv or a
        /// job gives.
        /// </summary>
        [Parameter(Position = 0, ValueFromPipeline = true)]
        public object Token { get { return Get(); } set { Set(value); } }

        internal override object Input { get { return Token; } }

        internal override void Take(object input)
        {
            WriteObject(TokenReader.Read(input, "-Token"));
        }
    }
}
