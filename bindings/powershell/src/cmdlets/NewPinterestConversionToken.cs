using System.Collections;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Makes a token for sending conversions.</summary>
    /// <remarks><para>It lives long, and has no refresh token.</para></remarks>
    /// <example>
    /// <code>
    /// $conversion = $token | New-PinterestConversionToken
    /// </code>
    /// <para>Makes it of a token with the scope ads:write.</para>
    /// </example>
    [Cmdlet("New", "PinterestConversionToken", SupportsShouldProcess = true, HelpUri = Links.Help)]
    [OutputType(typeof(Token))]
    public sealed class NewPinterestConversionToken : CallCommand
    {
        /// <summary>
        /// An access token with the scope ads:write, as text or SecureString; or a token in any form that
        /// Update-PinterestToken takes.
        /// </summary>
        [Parameter(Position = 0, ValueFromPipeline = true)]
        public object AccessToken { get { return Get(); } set { Set(value); } }

        internal override object Input { get { return AccessToken; } }

        internal override string InputName { get { return "-AccessToken"; } }

        internal override string Action { get { return "Make a token for conversions"; } }

        internal override IDictionary Request(object input)
        {
            var request = OAuth.Request.From(Fields("AccessToken"));
            var secret = OneSecret.Of(input, "access_token", "-AccessToken");
            if (secret != null)
                request["access_token"] = secret;
            return request;
        }

        internal override object Call(Client client, IDictionary request)
        {
            return client.ConversionToken(request);
        }
    }
}
