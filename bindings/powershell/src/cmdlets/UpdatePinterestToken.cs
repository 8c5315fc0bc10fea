using System.Collections;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Refreshes a token.</summary>
    /// <remarks>
    /// <para>
    /// Returns the new token, with what the answer leaves out kept from the old one. Store it at once in place of the old
    /// one: the refresh token may have changed.
    /// </para>
    /// <para>
    /// Of several tokens in the pipeline each is tried: one that fails is an error of its own, and -ErrorAction counts.
    /// What was renewed before Ctrl-C or an error ended the pipeline is kept for Receive-PinterestToken.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// $ErrorActionPreference = 'Stop'
    /// $token = Get-Content token.json -Raw | Update-PinterestToken
    /// $token | ConvertFrom-PinterestToken | Set-Content token.json
    /// </code>
    /// <para>Without 'Stop' a refresh that fails would leave the token of before in $token.</para>
    /// </example>
    [Cmdlet("Update", "PinterestToken", SupportsShouldProcess = true, HelpUri = Links.Help)]
    [OutputType(typeof(Token))]
    public sealed class UpdatePinterestToken : CallCommand
    {
        /// <summary>
        /// The token to refresh: what a call returned, its JSON as text, as lines or as a SecureString, or what Import-Clixml,
        /// ConvertFrom-Json, Import-Csv or a job gives.
        /// </summary>
        [Parameter(Position = 0, ValueFromPipeline = true)]
        public object Token { get { return Get(); } set { Set(value); } }

        internal override object Input { get { return Token; } }

        internal override string Action { get { return "Refresh a token"; } }

        internal override IDictionary Request(object input)
        {
            var fields = Fields();
            fields["Token"] = input;
            fields["GrantType"] = "refresh_token";
            var request = OAuth.Request.From(fields);
            if (!request.Contains("token"))
                throw OAuthException.InvalidArgument("-Token", "is required");
            return request;
        }

        internal override object Call(Client client, IDictionary request)
        {
            return client.OauthToken(request);
        }
    }
}
