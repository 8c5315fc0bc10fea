// Why a call failed: one class per kind, all alike.

using System;
using System.Collections.Generic;
using System.Linq;

namespace Pinterest.OAuth
{
    /// <summary>
    /// A call failed. The class says why, <see cref="WhatNow"/> what to do, <see cref="Outcome"/> whether the call may
    /// have taken effect. No part of it holds a secret.
    /// </summary>
    public class OAuthException : Exception
    {
        private readonly string json;

        internal OAuthException(ErrorDocument document) : base(document.Text("message"))
        {
            json = document.Json;
            Kind = document.Text("kind");
            WhatNow = document.Text("what_now");
            Outcome = document.Text("outcome");
            Field = document.Text("field");
            HttpStatus = (int?)document.Number("http_status");
            Code = document.Number("code");
            PinterestMessage = document.Text("pinterest_message");
            RequestId = document.Text("request_id");
            RetryAfter = document.Number("retry_after");
            RateLimit = document.Value("rate_limit") as IDictionary<string, object>;
            Body = document.Value("body");
            Response = new OAuthResponse(HttpStatus, document.Headers());
            Answer = Pinterest.OAuth.Json.Write(Body is IDictionary<string, object> ? Body : Shaped());
        }

        /// <summary>Why, for example invalid_grant. The same name in every language.</summary>
        public string Kind { get; private set; }

        /// <summary>What can be done about it, as a sentence.</summary>
        public string WhatNow { get; private set; }

        /// <summary>not_sent, rejected, or unknown: then the call may have taken effect.</summary>
        public string Outcome { get; private set; }

        /// <summary>The parameter or setting that is wrong; null where none is.</summary>
        public string Field { get; private set; }

        /// <summary>The status of the answer; null where there was none.</summary>
        public int? HttpStatus { get; private set; }

        /// <summary>Pinterest's code; null where there was none.</summary>
        public long? Code { get; private set; }

        /// <summary>Pinterest's message; null where there was none.</summary>
        public string PinterestMessage { get; private set; }

        /// <summary>Pinterest's id of the request, for its support; null where there was none.</summary>
        public string RequestId { get; private set; }

        /// <summary>Seconds to wait; null where the answer does not say.</summary>
        public long? RetryAfter { get; private set; }

        /// <summary>limit, remaining, reset (seconds) and policies; null where the answer does not say.</summary>
        public IDictionary<string, object> RateLimit { get; private set; }

        /// <summary>The JSON of the answer, objects as dictionaries; null where there was none.</summary>
        public object Body { get; private set; }

        /// <summary>Status and headers of the answer. Never null: without an answer it is empty.</summary>
        public OAuthResponse Response { get; private set; }

        /// <summary>Pinterest's error as JSON; where Pinterest did not answer so, one of the same shape.</summary>
        public string Answer { get; private set; }

        /// <summary>The whole error as a JSON document with the names that all languages share.</summary>
        public string ToJson()
        {
            return json;
        }

        /// <summary>The exception of an error document; `kind` counts where the document says none.</summary>
        internal static OAuthException From(string json, string kind)
        {
            var document = new ErrorDocument(json, kind);
            Func<ErrorDocument, OAuthException> make;
            return Kinds.Classes.TryGetValue(document.Text("kind"), out make) ? make(document) : new OAuthException(document);
        }

        /// <summary>What this side cannot even write down for the core, worded as the core does.</summary>
        internal static OAuthException InvalidArgument(string field, string problem)
        {
            return From(Pinterest.OAuth.Json.Write(new Dictionary<string, object>
            {
                { "kind", "invalid_argument" },
                { "message", (field ?? "the document") + " " + problem },
                { "what_now", "Fix the call: the field is named." },
                { "outcome", "not_sent" },
                { "field", field },
            }), null);
        }

        private Dictionary<string, object> Shaped()
        {
            return new Dictionary<string, object> { { "code", Code }, { "message", Message } };
        }
    }

    /// <summary>Status and headers of an answer.</summary>
    public sealed class OAuthResponse
    {
        internal OAuthResponse(int? statusCode, IDictionary<string, string[]> headers)
        {
            StatusCode = statusCode;
            Headers = headers;
        }

        /// <summary>The status; null without an answer.</summary>
        public int? StatusCode { get; private set; }

        /// <summary>The headers without cookies, by name in any case; empty without an answer.</summary>
        public IDictionary<string, string[]> Headers { get; private set; }
    }

    /// <summary>An error document, and what it says under each key.</summary>
    internal sealed class ErrorDocument
    {
        private readonly IDictionary<string, object> entries;

        internal ErrorDocument(string json, string kind)
        {
            Json = json ?? Pinterest.OAuth.Json.Write(new Dictionary<string, object>
            {
                { "kind", kind ?? "unknown" },
                { "message", "The library says only: " + (kind ?? "unknown") },
                { "outcome", "unknown" },
            });
            entries = Pinterest.OAuth.Json.Read(Json);
        }

        internal string Json { get; private set; }

        internal object Value(string key)
        {
            object value;
            return entries.TryGetValue(key, out value) ? value : null;
        }

        internal string Text(string key) { return Value(key) as string; }

        internal long? Number(string key) { return Value(key) as long?; }

        internal IDictionary<string, string[]> Headers()
        {
            return ((Value("headers") as object[]) ?? new object[0])
                .OfType<object[]>()
                .GroupBy(pair => (string)pair[0], StringComparer.OrdinalIgnoreCase)
                .ToDictionary(
                    group => group.Key,
                    group => group.Select(pair => (string)pair[1]).ToArray(),
                    StringComparer.OrdinalIgnoreCase);
        }
    }
}
