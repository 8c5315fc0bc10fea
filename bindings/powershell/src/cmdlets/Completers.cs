// Values that are completed at the keyboard. They are hints: what is right is the core's affair.

using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Completes one of a list of words.</summary>
    public abstract class Words : IArgumentCompleter
    {
        private readonly string[] words;

        internal Words(params string[] words)
        {
            this.words = words;
        }

        /// <summary>Those that begin so.</summary>
        public IEnumerable<CompletionResult> CompleteArgument(
            string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
        {
            var begun = (wordToComplete ?? "").Trim('\'', '"');
            return words.Where(word => word.StartsWith(begun, StringComparison.OrdinalIgnoreCase)).Select(word => new CompletionResult(word));
        }
    }

    /// <summary>The grants.</summary>
    public sealed class Grants : Words
    {
        /// <summary>The grants.</summary>
        public Grants() : base("authorization_code", "refresh_token", "client_credentials") { }
    }

    /// <summary>Which kind of token one is.</summary>
    public sealed class Hints : Words
    {
        /// <summary>Which kind of token one is.</summary>
        public Hints() : base("access_token", "refresh_token") { }
    }

    /// <summary>Pinterest's servers.</summary>
    public sealed class Environments : Words
    {
        /// <summary>Pinterest's servers.</summary>
        public Environments() : base("production", "sandbox") { }
    }

    /// <summary>The methods of a request.</summary>
    public sealed class Methods : Words
    {
        /// <summary>The methods of a request.</summary>
        public Methods() : base("Get", "Post", "Patch", "Put", "Delete") { }
    }

    /// <summary>true and false.</summary>
    public sealed class Truths : Words
    {
        /// <summary>true and false.</summary>
        public Truths() : base("$true", "$false") { }
    }

    /// <summary>Pinterest's scopes, as its documentation lists them.</summary>
    public sealed class Scopes : Words
    {
        /// <summary>Pinterest's scopes.</summary>
        public Scopes() : base(
            "ads:read", "ads:write", "billing:read", "billing:write", "biz_access:read", "biz_access:write", "boards:read",
            "boards:read_secret", "boards:write", "boards:write_secret", "catalogs:read", "catalogs:write", "pins:read",
            "pins:read_secret", "pins:write", "pins:write_secret", "user_accounts:read", "user_accounts:write") { }
    }
}
