using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Refreshes a token, or the token in a file.</summary>
    /// <remarks>
    /// <para>
    /// With -Path the new token takes the place of the old one in the file, in one step: neither a full disk nor a killed run
    /// loses a token that has come. Other programs that refresh the file wait meanwhile, at most ten and a half minutes, and
    /// then send what this one has stored. Where the refresh fails the file stays as it is.
    /// </para>
    /// <para>
    /// With -Token nothing is stored: store the new token at once in place of the old one, because the refresh token may have
    /// changed. What the answer leaves out is kept from the old token. The new token is returned in both cases.
    /// </para>
    /// <para>
    /// Of several tokens or files each is tried: one that fails is an error of its own, with the path as TargetObject, and
    /// -ErrorAction counts. What was renewed before Ctrl-C or an error ended the pipeline is kept for Receive-PinterestToken; a
    /// file gets its token all the same.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// Update-PinterestToken -Path token.json
    /// </code>
    /// <para>Refreshes a token where it is stored, as a scheduled task does.</para>
    /// </example>
    /// <example>
    /// <code>
    /// $ErrorActionPreference = 'Stop'
    /// $token = Get-Secret -Name pinterest | Update-PinterestToken
    /// Set-Secret -Name pinterest -SecureStringSecret $token.SecureDocument
    /// </code>
    /// <para>Without 'Stop' a refresh that fails would leave the token of before in $token.</para>
    /// </example>
    [Cmdlet("Update", "PinterestToken", SupportsShouldProcess = true, DefaultParameterSetName = OfToken, HelpUri = Links.Help)]
    [OutputType(typeof(Token))]
    public sealed class UpdatePinterestToken : CallCommand
    {
        private const string OfToken = "Token";
        private const string OfPath = "Path";
        private const string OfLiteralPath = "LiteralPath";

        /// <summary>
        /// The token to refresh: what a call returned, its JSON as text, as lines or as a SecureString, or what Import-Clixml,
        /// ConvertFrom-Json, Import-Csv or a job gives. What Get-Item, Get-ChildItem and Resolve-Path give is a file, as of
        /// -LiteralPath.
        /// </summary>
        [Parameter(ParameterSetName = OfToken, Position = 0, ValueFromPipeline = true)]
        public object Token { get { return Get(); } set { Set(value); } }

        /// <summary>The file whose token is refreshed and replaced: a path or a list of them, with wildcards, or a FileInfo.</summary>
        [Parameter(ParameterSetName = OfPath, ValueFromPipelineByPropertyName = true)]
        [SupportsWildcards]
        public object Path { get { return Get(); } set { Set(value); } }

        /// <summary>The same, but the path is taken as it is written: it has no wildcards.</summary>
        [Parameter(ParameterSetName = OfLiteralPath, ValueFromPipelineByPropertyName = true)]
        [Alias("PSPath", "LP")]
        public object LiteralPath { get { return Get(); } set { Set(value); } }

        internal override object Input { get { return Token; } }

        internal override string Action { get { return "Refresh a token"; } }

        internal override object[] Inputs(object input)
        {
            if (Values.Given(input) == null && Given.Contains("LiteralPath"))
                return TokenFile.Of(this, LiteralPath, "-LiteralPath", false).ToArray();
            if (Values.Given(input) == null && Given.Contains("Path"))
                return TokenFile.Of(this, Path, "-Path", true).ToArray();
            // PowerShell gives any object of the pipeline to -Token before it looks at its properties.
            var files = MyInvocation.ExpectingInput ? TokenFile.Named(this, input).ToArray() : new TokenFile[0];
            return files.Length > 0 ? files : base.Inputs(input);
        }

        internal override string FileOf(object input)
        {
            var file = input as TokenFile;
            return file == null ? null : file.Path;
        }

        internal override IDictionary Request(object input)
        {
            if (input is TokenFile)
                return new Hashtable { { "path", ((TokenFile)input).Path }, { "parameter", ((TokenFile)input).Parameter } };
            var fields = Fields("Path", "LiteralPath");
            fields["Token"] = input;
            fields["GrantType"] = "refresh_token";
            var request = OAuth.Request.From(fields);
            if (!request.Contains("token"))
                throw OAuthException.InvalidArgument("-Token", "is required");
            return request;
        }

        internal override object Call(Client client, IDictionary request)
        {
            if (!request.Contains("path"))
                return client.OauthToken(request);
            try
            {
                return client.RefreshFile((string)request["path"]);
            }
            catch (OAuthException problem)
            {
                throw problem.About("-Path", (string)request["parameter"]);
            }
        }
    }
}
