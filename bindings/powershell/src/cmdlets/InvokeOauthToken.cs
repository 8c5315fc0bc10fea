using System.Collections;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Gets a token from Pinterest.</summary>
    /// <remarks>
    /// <para>
    /// Sends POST /oauth/token with the app id and the app secret of the settings (see Get-Configuration) or of -Credential.
    /// What each grant needs: authorization_code -Code and -RedirectUri; refresh_token -RefreshToken or -Token;
    /// client_credentials -Scope.
    /// </para>
    /// <para>
    /// A call that fails is a terminating error: try and catch get it, and the statement ends. A script goes on with the
    /// next statement unless $ErrorActionPreference is 'Stop'. For an object of the pipeline it is an error of that object:
    /// the others go on, and -ErrorAction counts.
    /// </para>
    /// <para>
    /// $_.FullyQualifiedErrorId begins with the reason, for example invalid_grant; $_.ErrorDetails is Pinterest's JSON;
    /// $_.Exception has Kind, WhatNow, Outcome, Field, StatusCode, Code, RequestId, RetryAfter, RateLimit, Answer and
    /// Response.Headers; its Text says all that matters. It holds no secret.
    /// </para>
    /// <para>
    /// Ctrl-C ends the waiting at once. The call itself goes on until it is answered or its deadline ends it; then
    /// Receive-PinterestToken gives what it gave.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// $token = Invoke-OauthToken -GrantType authorization_code -Code $code -RedirectUri 'http://localhost:8085/'
    /// $token | ConvertFrom-PinterestToken | Set-Content token.json
    /// </code>
    /// <para>Gets a token from the code of a login, and stores all of it.</para>
    /// </example>
    /// <example>
    /// <code>
    /// Invoke-OauthToken client_credentials -Scope ads:read -Credential $app
    /// </code>
    /// <para>Gets a token for the app itself.</para>
    /// </example>
    /// <example>
    /// <code>
    /// try {
    ///     $token = Invoke-OauthToken -GrantType refresh_token -RefreshToken $stored
    /// } catch [Pinterest.OAuth.InvalidGrantException] {
    ///     'Please log in again.'
    /// }
    /// </code>
    /// <para>Catches one kind of error.</para>
    /// </example>
    [Cmdlet("Invoke", "OauthToken", SupportsShouldProcess = true, DefaultParameterSetName = Any, HelpUri = Links.Help)]
    [OutputType(typeof(Token))]
    public sealed class InvokeOauthToken : CallCommand
    {
        private const string Any = "InputObject";
        private const string OfCode = "AuthorizationCode";
        private const string OfRefreshToken = "RefreshToken";
        private const string OfToken = "Token";
        private const string OfApp = "ClientCredentials";

        /// <summary>authorization_code, refresh_token or client_credentials.</summary>
        [Parameter(Position = 0)]
        [ArgumentCompleter(typeof(Grants))]
        public object GrantType { get { return Get(); } set { Set(value); } }

        /// <summary>The authorization code: text or a SecureString.</summary>
        [Parameter(ParameterSetName = OfCode)]
        [Parameter(ParameterSetName = Any)]
        public object Code { get { return Get(); } set { Set(value); } }

        /// <summary>The address that the code was asked for with: text or a Uri, the same to the letter.</summary>
        [Parameter(ParameterSetName = OfCode)]
        [Parameter(ParameterSetName = Any)]
        public object RedirectUri { get { return Get(); } set { Set(value); } }

        /// <summary>The refresh token: text or a SecureString.</summary>
        [Parameter(ParameterSetName = OfRefreshToken)]
        [Parameter(ParameterSetName = Any)]
        public object RefreshToken { get { return Get(); } set { Set(value); } }

        /// <summary>A token to refresh, instead of -RefreshToken, in any form that Update-PinterestToken takes.</summary>
        [Parameter(ParameterSetName = OfToken)]
        [Parameter(ParameterSetName = Any)]
        public object Token { get { return Get(); } set { Set(value); } }

        /// <summary>The scopes: one text with commas, or a list.</summary>
        [Parameter(ParameterSetName = OfApp)]
        [Parameter(ParameterSetName = OfRefreshToken)]
        [Parameter(ParameterSetName = OfToken)]
        [Parameter(ParameterSetName = Any)]
        [ArgumentCompleter(typeof(Scopes))]
        public object Scope { get { return Get(); } set { Set(value); } }

        /// <summary>Asks for refresh tokens that change at each use. -ContinuousRefresh:$false asks for the contrary.</summary>
        /// <value>True with authorization_code, else not sent</value>
        [Parameter(ParameterSetName = OfCode)]
        [Parameter(ParameterSetName = OfRefreshToken)]
        [Parameter(ParameterSetName = OfToken)]
        [Parameter(ParameterSetName = Any)]
        public SwitchParameter ContinuousRefresh { get { return default(SwitchParameter); } set { Set(value); } }

        /// <summary>Further fields of the form: a dictionary.</summary>
        [Parameter]
        public object Extra { get { return Get(); } set { Set(value); } }

        /// <summary>
        /// A token to refresh, or an object whose properties are parameters: under Pinterest's names (grant_type) or these
        /// (GrantType). What is given as a parameter counts before it.
        /// </summary>
        [Parameter(ParameterSetName = Any, ValueFromPipeline = true)]
        public object InputObject { get { return Get(); } set { Set(value); } }

        internal override object Input { get { return InputObject; } }

        internal override string InputName { get { return "-InputObject"; } }

        internal override string Action { get { return "Get a token"; } }

        internal override IDictionary Request(object input)
        {
            return InputFields.Merged(input, OAuth.Request.From(Fields("InputObject")));
        }

        internal override object Call(Client client, IDictionary request)
        {
            return client.OauthToken(request);
        }
    }
}
