using System;
using System.Collections;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Calls Pinterest with the access token of an account: Invoke-RestMethod, and one retry.</summary>
    /// <remarks>
    /// <para>
    /// Where Pinterest answers 401 with code 2, the access token is refreshed (or read again, where another program did so)
    /// and the call is made once more. A body that is a stream cannot be sent again, so then the error is given. All other
    /// errors are those of Invoke-RestMethod, without the access token.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// Invoke-PinterestRestMethod https://api.pinterest.com/v5/user_account -Account shop-42
    /// </code>
    /// <para>Gets the user's account.</para>
    /// </example>
    /// <example>
    /// <code>
    /// $pin = @{ board_id = '1'; media_source = @{ source_type = 'image_url'; url = 'https://example.com/a.png' } } | ConvertTo-Json
    /// Invoke-PinterestRestMethod https://api.pinterest.com/v5/pins -Method Post -Body $pin -ContentType application/json
    /// </code>
    /// <para>Makes a pin.</para>
    /// </example>
    [Cmdlet("Invoke", "PinterestRestMethod", HelpUri = Links.Help)]
    [OutputType(typeof(object))]
    public sealed class InvokePinterestRestMethod : WaitingCommand
    {
        // No detail of the request is written: it has the access token.
        private const string Script =
            @"param($with) Microsoft.PowerShell.Utility\Invoke-RestMethod @with -ErrorAction Stop -Verbose:$false -Debug:$false";

        /// <summary>The address: text or a Uri. It begins with https, or is on this machine.</summary>
        [Parameter(Position = 0)]
        public object Uri { get { return Get(); } set { Set(value); } }

        /// <summary>The name of the account, or what Get-PinterestAccount gives. It is compared letter by letter.</summary>
        /// <value>default</value>
        [Parameter]
        public object Account { get { return Get(); } set { Set(value); } }

        /// <summary>The method of the request.</summary>
        /// <value>Get</value>
        [Parameter]
        [ArgumentCompleter(typeof(Methods))]
        public object Method { get { return Get(); } set { Set(value); } }

        /// <summary>The body, as Invoke-RestMethod takes it.</summary>
        [Parameter]
        public object Body { get { return Get(); } set { Set(value); } }

        /// <summary>The type of the body, as application/json.</summary>
        [Parameter]
        public object ContentType { get { return Get(); } set { Set(value); } }

        /// <summary>Further headers: a dictionary.</summary>
        [Parameter]
        public object Headers { get { return Get(); } set { Set(value); } }

        /// <summary>A file that is the body.</summary>
        [Parameter]
        public object InFile { get { return Get(); } set { Set(value); } }

        /// <summary>A file for the answer.</summary>
        [Parameter]
        public object OutFile { get { return Get(); } set { Set(value); } }

        /// <summary>The deadline of a request, in whole seconds.</summary>
        /// <value>That of Invoke-RestMethod</value>
        [Parameter]
        public object TimeoutSec { get { return Get(); } set { Set(value); } }

        /// <summary>Further parameters of Invoke-RestMethod: a dictionary, as @{ MaximumRetryCount = 3 }.</summary>
        [Parameter]
        public object RestParameter { get { return Get(); } set { Set(value); } }

        /// <summary>Makes the call.</summary>
        protected override void ProcessRecord()
        {
            Ending(() =>
            {
                var with = With();
                var account = ChosenAccount();
                var accessToken = Awaited(() => account.AccessToken());
                var problem = Sent(with, accessToken);
                if (problem == null)
                    return;
                if (!Refusal.IsOfAccessToken(problem) || Values.Unwrapped(Body) is Stream)
                    ThrowTerminatingError(problem);
                var another = Awaited(() => account.Rejected(accessToken));
                problem = Sent(with, another);
                if (problem != null)
                    ThrowTerminatingError(problem);
            });
        }

        // Gives the answer to the pipeline, or the error to the caller.
        private ErrorRecord Sent(Hashtable with, string accessToken)
        {
            var headers = (Hashtable)with["Headers"];
            headers["Authorization"] = "Bearer " + accessToken;
            Collection<PSObject> answer;
            try
            {
                answer = InvokeCommand.InvokeScript(Script, with);
            }
            catch (PipelineStoppedException)
            {
                throw;
            }
            catch (RuntimeException problem)
            {
                Refusal.Forget(problem.ErrorRecord);
                return problem.ErrorRecord;
            }
            finally
            {
                headers.Remove("Authorization");
            }
            foreach (var one in answer)
                WriteObject(one);
            return null;
        }

        private Hashtable With()
        {
            var with = new Hashtable(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in Values.Entries(Dictionary(RestParameter, "-RestParameter")))
                with[entry.Key] = entry.Value;
            foreach (var entry in Values.Entries(Given))
                with[entry.Key] = entry.Value;
            with.Remove("RestParameter");
            with.Remove("Account");
            with["Uri"] = Address();
            var headers = new Hashtable(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in Values.Entries(Dictionary(with["Headers"], "-Headers")))
                headers[entry.Key] = entry.Value;
            with["Headers"] = headers;
            return with;
        }

        private Uri Address()
        {
            Uri address;
            var given = Values.Given(Uri);
            var text = given is Uri ? ((Uri)given).OriginalString : given as string;
            if (!System.Uri.TryCreate(text, UriKind.Absolute, out address))
                throw OAuthException.InvalidArgument("-Uri", "must be a whole address, as https://api.pinterest.com/v5/user_account");
            if (address.Scheme != "https" && !address.IsLoopback && !true.Equals(Values.Truth(Settings.AllowHttp)))
                throw OAuthException.InvalidArgument("-Uri", "must begin with https: the access token would be readable on its way");
            return address;
        }

        private static IDictionary Dictionary(object value, string place)
        {
            value = Values.Unwrapped(value);
            if (value != null && !(value is IDictionary))
                throw OAuthException.InvalidArgument(place, "must be a dictionary, as @{ Name = 'value' }");
            return (IDictionary)value ?? new Hashtable();
        }
    }
}
