using System.Collections;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Revokes a token.</summary>
    /// <remarks><para>Pinterest permits it for tokens of system users alone.</para></remarks>
    /// <example>
    /// <code>
    /// $token | Revoke-PinterestToken -TokenTypeHint refresh_token
    /// </code>
    /// <para>Revokes the refresh token of a token.</para>
    /// </example>
    [Cmdlet("Revoke", "PinterestToken", SupportsShouldProcess = true, HelpUri = Links.Help)]
    [OutputType(typeof(Answer))]
    public sealed class RevokePinterestToken : CallCommand
    {
        /// <summary>
        /// The access token or refresh token itself, as text or SecureString; or a token in any form that
        /// Update-PinterestToken takes: then -TokenTypeHint says which of the two.
        /// </summary>
        [Parameter(Position = 0, ValueFromPipeline = true)]
        public object Token { get { return Get(); } set { Set(value); } }

        /// <summary>access_token or refresh_token.</summary>
        /// <value>Not sent; of a token object the access token</value>
        [Parameter]
        [ArgumentCompleter(typeof(Hints))]
        public object TokenTypeHint { get { return Get(); } set { Set(value); } }

        /// <summary>Returns how the call went: status, request id, rate limit.</summary>
        [Parameter]
        public SwitchParameter PassThru { get; set; }

        internal override object Input { get { return Token; } }

        internal override string Action { get { return "Revoke a token"; } }

        internal override IDictionary Request(object input)
        {
            var fields = Fields("Token");
            var request = OAuth.Request.From(fields);
            var refresh = "refresh_token".Equals(Values.Given(TokenTypeHint));
            var secret = OneSecret.Of(input, refresh ? "refresh_token" : "access_token", "-Token");
            if (secret != null)
                request["token"] = secret;
            return request;
        }

        internal override object Call(Client client, IDictionary request)
        {
            return client.Revoke(request);
        }

        internal override void Output(object answer)
        {
            if (PassThru.IsPresent)
                WriteObject(answer);
        }
    }
}
