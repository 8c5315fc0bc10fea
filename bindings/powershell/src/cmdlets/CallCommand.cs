// A command that calls Pinterest. It takes one input, or many by the pipeline: then what fails is an error of its item, and
// the others go on. It waits on its own thread, so that Ctrl-C ends the waiting at once. No token that came is lost.

using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>A command that calls Pinterest.</summary>
    public abstract class CallCommand : WaitingCommand, IDisposable
    {
        private readonly List<Pending> given = new List<Pending>();
        private readonly Lines lines = new Lines();
        private Client own;
        private bool isComplete;
        private int items;

        /// <summary>The deadline of this call: seconds, fractions allowed, or a TimeSpan. At most 600.</summary>
        /// <value>That of the settings: 30</value>
        [Parameter]
        public object TimeoutSec { get { return Get(); } set { Set(value); } }

        /// <summary>App id and app secret for this call, instead of those of the settings: a PSCredential.</summary>
        [Parameter]
        public object Credential { get; set; }

        /// <summary>What came by the pipeline, or was given in its place.</summary>
        internal abstract object Input { get; }

        /// <summary>The parameter of it, as errors name it.</summary>
        internal virtual string InputName { get { return "-Token"; } }

        /// <summary>What -WhatIf says is done.</summary>
        internal abstract string Action { get; }

        /// <summary>The inputs that one stands for, with a call for each: files, where one is a pattern.</summary>
        internal virtual object[] Inputs(object input)
        {
            return new[] { input };
        }

        /// <summary>The file that a call is about; null where it is about none. Such a call has its client's deadline.</summary>
        internal virtual string FileOf(object input)
        {
            return null;
        }

        /// <summary>The document of a call with this input.</summary>
        internal abstract IDictionary Request(object input);

        /// <summary>Makes the call.</summary>
        internal abstract object Call(Client client, IDictionary request);

        /// <summary>Says once that there are answers which nobody has received.</summary>
        protected override void BeginProcessing()
        {
            base.BeginProcessing();
            var kept = Kept.Unsaid();
            if (kept > 0)
                WriteWarning(kept + " answer(s) of calls that were stopped are kept: Receive-PinterestToken gives them.");
        }

        /// <summary>Makes the call, or that of one item of the pipeline.</summary>
        protected override void ProcessRecord()
        {
            if (!MyInvocation.ExpectingInput)
            {
                Ending(() => All(Input));
                return;
            }
            foreach (var input in lines.Add(Input))
                Item(input);
        }

        // One that fails ends the command; of several it is an error of its own.
        private void All(object input)
        {
            var inputs = Inputs(input);
            if (inputs.Length == 1)
                Make(inputs[0]);
            else
                foreach (var one in inputs)
                    Item(one);
        }

        /// <summary>Makes the call of the last item.</summary>
        protected override void EndProcessing()
        {
            if (MyInvocation.ExpectingInput)
            {
                foreach (var input in lines.End())
                    Item(input);
                if (items == 0)
                    WriteError(Record(OAuthException.InvalidArgument(InputName, "got nothing by the pipeline; an empty file, for example, holds no token"), null));
            }
            isComplete = true;
        }

        /// <summary>Keeps what was given to a pipeline that did not come to its end.</summary>
        public void Dispose()
        {
            if (!isComplete)
                Kept.Keep(given);
            given.Clear();
            if (own != null)
                own.Dispose();
        }

        /// <summary>The document of the parameters that were given, without those that are no field of a call.</summary>
        internal Hashtable Fields(params string[] without)
        {
            var fields = new Hashtable(Given);
            foreach (var name in without)
                fields.Remove(name);
            return fields;
        }

        /// <summary>The credential; null where none is given, or an empty one.</summary>
        internal static PSCredential Pair(object credential)
        {
            credential = Values.Given(credential);
            if (credential == null)
                return null;
            var pair = credential as PSCredential;
            if (pair == null)
                throw OAuthException.InvalidArgument("-Credential", "must be a PSCredential, as Get-Credential gives");
            return string.IsNullOrEmpty(pair.UserName) ? null : pair;
        }

        private void Item(object input)
        {
            items++;
            Trying(input, () =>
            {
                foreach (var one in Inputs(input))
                    Trying(one, () => Make(one));
            });
        }

        private void Trying(object input, Action work)
        {
            try
            {
                work();
            }
            catch (OAuthException problem)
            {
                WriteError(Record(problem, FileOf(input) ?? "item " + items));
            }
        }

        private void Make(object input)
        {
            var request = Request(input);
            var client = Client(input);
            if (!ShouldProcess(FileOf(input) ?? "Pinterest", Action))
                return;
            var call = new Pending(() => Call(client, request), request);
            Wait(call);
            object answer;
            try
            {
                answer = call.Answer();
            }
            catch (OAuthException problem)
            {
                if (problem.Answer != null)
                    WriteVerbose(problem.Answer.ToString());
                throw;
            }
            Give(call, answer);
        }

        private void Wait(Pending call)
        {
            if (Ended(call))
                return;
            Kept.Keep(new[] { call });
            Warn("The call was stopped after its request may have gone out. Its answer is kept: Receive-PinterestToken gives it.");
            throw new PipelineStoppedException();
        }

        private void Give(Pending call, object answer)
        {
            var token = answer as Token;
            if (token != null)
                given.Add(call);
            try
            {
                WriteVerbose((token == null ? (Answer)answer : token.Answer).ToString());
                Output(answer);
            }
            catch (Exception problem)
            {
                // Select-Object -First has what it wanted, and ends what is before it.
                if (problem.GetType().Name == "StopUpstreamCommandsException")
                    isComplete = true;
                throw;
            }
        }

        /// <summary>Gives the answer to the pipeline.</summary>
        internal virtual void Output(object answer)
        {
            WriteObject(answer);
        }

        private Client Client(object input)
        {
            var pair = Pair(Credential);
            var timeout = Values.Given(TimeoutSec);
            if (pair == null && (timeout == null || FileOf(input) == null))
                return Settings.Client(PathOf);
            return own ?? (own = pair == null
                ? Settings.ClientFor(null, null, timeout, PathOf) : Settings.ClientFor(pair.UserName, pair.Password, timeout, PathOf));
        }

        // To the host itself: nothing can be written to the streams of a command that is being stopped.
        private void Warn(string text)
        {
            try
            {
                Host.UI.WriteWarningLine(text);
            }
            catch (Exception)
            {
                // A host without a face; the next command says it.
            }
        }
    }
}
