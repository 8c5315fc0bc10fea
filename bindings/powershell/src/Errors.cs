// Why a call failed: one class per kind, all alike.

using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;

namespace Pinterest.OAuth
{
    /// <summary>
    /// A call failed. The class says why, <see cref="WhatNow"/> what to do, <see cref="Outcome"/> whether the call may
    /// have taken effect. No part of it holds a secret.
    /// </summary>
    public class OAuthException : Exception
    {
        private static readonly string[] OfAnswers =
        {
            "http_status", "code", "pinterest_message", "request_id", "retry_after", "rate_limit", "body", "extra", "answer",
        };

        private readonly Document document;

        internal OAuthException(Document document) : base(Facts(document))
        {
            this.document = document;
            Response = new OAuthResponse(HttpStatus, document.List("Headers"));
            Details = Json.Write(Body as IDictionary ?? new Dictionary<string, object> { { "code", Code }, { "message", Message } });
        }

        /// <summary>Why, for example invalid_grant. The same name in every language.</summary>
        public string Kind { get { return document.Text(); } }

        /// <summary>What can be done about it, as a sentence.</summary>
        public string WhatNow { get { return document.Text(); } }

        /// <summary>The message, the numbers that people ask for, and what to do, as one text.</summary>
        public string Text { get { return document.Text(); } }

        /// <summary>not_sent, rejected, or unknown: then the call may have taken effect.</summary>
        public string Outcome { get { return document.Text(); } }

        /// <summary>The parameter or setting that is wrong; null where none is.</summary>
        public string Field { get { return document.Text(); } }

        /// <summary>The status of the answer, as .NET names it; null where there was none.</summary>
        public HttpStatusCode? StatusCode { get { return Response.StatusCode; } }

        /// <summary>The status of the answer; null where there was none.</summary>
        public int? HttpStatus { get { return (int?)document.Number(); } }

        /// <summary>Pinterest's code; null where there was none.</summary>
        public long? Code { get { return document.Number(); } }

        /// <summary>Pinterest's message; null where there was none.</summary>
        public string PinterestMessage { get { return document.Text(); } }

        /// <summary>Pinterest's id of the request, for its support; null where there was none.</summary>
        public string RequestId { get { return document.Text(); } }

        /// <summary>
        /// Seconds to wait. Where the answer does not say: 60 where the kind is rate_limited, else null.
        /// </summary>
        public long? RetryAfter { get { return document.Number() ?? (Kind == "rate_limited" ? 60 : (long?)null); } }

        /// <summary>limit, remaining, reset (seconds) and policies; null where the answer does not say.</summary>
        public IDictionary<string, object> RateLimit { get { return document.Entries(); } }

        /// <summary>The JSON of the answer, objects as dictionaries; null where there was none.</summary>
        public object Body { get { return document.Value(); } }

        /// <summary>What that JSON holds besides code and message; null where there is nothing.</summary>
        public IDictionary<string, object> Extra { get { return document.Entries(); } }

        /// <summary>What the call tells besides; null where nothing was to be sent.</summary>
        public Answer Answer { get { return document.Answer(); } }

        /// <summary>Status and headers of the answer. Never null: without an answer it is empty.</summary>
        public OAuthResponse Response { get; private set; }

        /// <summary>Pinterest's error as JSON; where Pinterest did not answer so, one of the same shape.</summary>
        public string Details { get; private set; }

        /// <summary>The category of PowerShell's error record, for example AuthenticationError.</summary>
        public string Category { get { return Kinds.Category(Kind); } }

        /// <summary>The whole error as a JSON document with the names that all languages share.</summary>
        public string ToJson()
        {
            return document.Json;
        }

        /// <summary>The class, <see cref="Text"/> and the stack.</summary>
        public override string ToString()
        {
            return GetType().FullName + ": " + (Text ?? Message) + Environment.NewLine + StackTrace;
        }

        /// <summary>Makes an exception as a call throws it, for the tests of your own program.</summary>
        /// <param name="json">
        /// kind (its class follows from it) and message, and as you like the other keys that <see cref="ToJson"/> writes.
        /// </param>
        /// <exception cref="FormatException">It is not a JSON object.</exception>
        public static OAuthException FromJson(string json)
        {
            var given = Json.Read(json);
            var whole = Json.Read(Own("internal", "an error", "", "unknown", null));
            foreach (var entry in given)
                whole[entry.Key] = entry.Value;
            if (!given.ContainsKey("text"))
                whole["text"] = null;
            return From(Json.Write(whole), null);
        }

        /// <summary>The exception of an error document; without one, of what the library calls its status.</summary>
        internal static OAuthException From(string json, string status)
        {
            return Kinds.Exception(new Document(json ?? Own(
                status, "the library says only " + status, "Please report this as a bug of the library.", "unknown", null)));
        }

        /// <summary>What this side cannot even write down for the core, worded as the core does.</summary>
        internal static OAuthException InvalidArgument(string field, string problem)
        {
            var place = field ?? "document";
            return From(Own("invalid_argument", place + " " + problem, "Fix `" + place + "`.", "not_sent", place), null);
        }

        /// <summary>The same error as one of another parameter, where it is of <paramref name="field"/>.</summary>
        internal OAuthException About(string field, string parameter)
        {
            if (Field != field || field == parameter)
                return this;
            var whole = Json.Read(ToJson());
            foreach (var key in new[] { "message", "what_now", "text", "field" })
                whole[key] = ((string)whole[key]).Replace(field, parameter);
            return From(Json.Write(whole), null);
        }

        // The message with the numbers that people ask for: the text up to what to do, and how long a deadline was.
        private static string Facts(Document document)
        {
            var text = document.Text("Text") ?? "";
            var end = text.Length - (document.Text("WhatNow") ?? "").Length - 2;
            var facts = end > 0 ? text.Substring(0, end) : document.Text("Message");
            var answer = document.Answer();
            return document.Text("Kind") != "timeout" || answer == null ? facts
                : string.Format(CultureInfo.InvariantCulture, "{0} (after {1:0.###} seconds)", facts, answer.Milliseconds / 1000.0);
        }

        // Every key that the core's errors have.
        private static string Own(string kind, string message, string whatNow, string outcome, string field)
        {
            var document = OfAnswers.ToDictionary(key => key, key => (object)null);
            document["kind"] = kind;
            document["message"] = message;
            document["what_now"] = whatNow;
            document["text"] = message + ". " + whatNow;
            document["outcome"] = outcome;
            document["field"] = field;
            document["headers"] = new object[0];
            return Json.Write(document);
        }
    }

    /// <summary>Status and headers of an answer.</summary>
    public sealed class OAuthResponse
    {
        internal OAuthResponse(int? statusCode, object[] headers)
        {
            StatusCode = (HttpStatusCode?)statusCode;
            Headers = headers
                .OfType<object[]>()
                .GroupBy(pair => (string)pair[0], StringComparer.OrdinalIgnoreCase)
                .ToDictionary(
                    group => group.Key,
                    group => group.Select(pair => (string)pair[1]).ToArray(),
                    StringComparer.OrdinalIgnoreCase);
        }

        /// <summary>The status; null without an answer.</summary>
        public HttpStatusCode? StatusCode { get; private set; }

        /// <summary>The headers without cookies, by name in any case; empty without an answer.</summary>
        public IDictionary<string, string[]> Headers { get; private set; }
    }
}
