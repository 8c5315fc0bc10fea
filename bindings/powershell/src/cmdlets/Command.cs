// What all commands share: their parameters as they were given, and how an error is said.

using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Pinterest.OAuth.Commands
{
    /// <summary>
    /// A command. Its parameters take any object, so that it is the command, and not PowerShell, that says what is wrong
    /// with a value: PowerShell's own message would quote it.
    /// </summary>
    public abstract class Command : PSCmdlet
    {
        private readonly Hashtable given = new Hashtable();

        /// <summary>What was given without the name of a parameter: it is refused, and not quoted.</summary>
        [Parameter(ValueFromRemainingArguments = true, DontShow = true)]
        public object[] Leftover { get; set; }

        /// <summary>The parameters that were given, by name. Null counts as given.</summary>
        internal IDictionary Given { get { return given; } }

        /// <summary>The value of the parameter whose property asks.</summary>
        internal object Get([CallerMemberName] string name = null)
        {
            return given[name];
        }

        /// <summary>Notes the value of the parameter whose property is set.</summary>
        internal void Set(object value, [CallerMemberName] string name = null)
        {
            given[name] = value;
        }

        /// <summary>The settings of this session.</summary>
        internal static Configuration Settings { get { return Session.Settings(); } }

        /// <summary>A path as PowerShell means it: from its own location, with ~ for the home folder.</summary>
        internal string PathOf(string path)
        {
            return GetUnresolvedProviderPathFromPSPath(path);
        }

        /// <summary>Refuses what has no parameter.</summary>
        /// <remarks>A command that overrides it calls it first.</remarks>
        protected override void BeginProcessing()
        {
            if (Leftover == null || Leftover.Length == 0)
                return;
            var named = Leftover.Select(one => Values.Unwrapped(one) as string).FirstOrDefault(
                text => text != null && Regex.IsMatch(text, "^-[A-Za-z]+:?$"));
            End(named == null
                ? OAuthException.InvalidArgument("value", "was given without the name of a parameter: say which, as -RefreshToken")
                : OAuthException.InvalidArgument(named.TrimEnd(':'), "is not a parameter of this command"));
        }

        /// <summary>Runs the work of a command; what fails ends the command.</summary>
        internal void Ending(Action work)
        {
            try
            {
                work();
            }
            catch (OAuthException problem)
            {
                End(problem);
            }
        }

        /// <summary>Ends the command with an error.</summary>
        internal void End(OAuthException problem)
        {
            ThrowTerminatingError(Record(problem, null));
        }

        /// <summary>The record of an error: its id is the kind, its details are Pinterest's JSON.</summary>
        internal static ErrorRecord Record(OAuthException problem, object target)
        {
            var category = (ErrorCategory)Enum.Parse(typeof(ErrorCategory), problem.Category);
            return new ErrorRecord(problem, problem.Kind, category, target)
            {
                ErrorDetails = new ErrorDetails(problem.Details) { RecommendedAction = problem.WhatNow },
            };
        }
    }
}
