// Runs a command as PowerShell does, without PowerShell: what it is given by the pipeline is set on the parameter that takes
// it, and what it says is kept.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;

internal sealed class Shell : ICommandRuntime2
{
    private const BindingFlags Steps = BindingFlags.NonPublic | BindingFlags.Instance;
    private readonly Screen screen = new Screen();

    internal readonly List<object> Given = new List<object>();
    internal readonly List<ErrorRecord> Errors = new List<ErrorRecord>();
    internal readonly List<string> Verbose = new List<string>();
    internal readonly List<string> Warnings = new List<string>();
    internal readonly List<string> Asked = new List<string>();
    internal readonly List<InformationRecord> Information = new List<InformationRecord>();
    internal bool WhatIf;
    internal bool StopsAtErrors;
    internal Action<object> Next = _ => { };
    internal Func<string, bool> Continues = _ => { throw new InvalidOperationException("nobody is there to answer"); };

    /// <summary>Gets each line that the host shows.</summary>
    internal Action<string> Seen { set { screen.Seen = value; } }

    /// <summary>What is typed at the host's keys; null where it has none.</summary>
    internal System.Collections.Concurrent.ConcurrentQueue<char> Keys { set { screen.Keys = value; } }

    /// <summary>What the host gives as a line, where it has no keys.</summary>
    internal Func<string> Line { set { screen.Line = value; } }

    /// <summary>What ended the command; null where it came to its end.</summary>
    internal Exception Ended;

    internal sealed class Terminating : Exception
    {
        internal readonly ErrorRecord Record;

        internal Terminating(ErrorRecord record)
        {
            Record = record;
        }
    }

    internal ErrorRecord Error { get { return ((Terminating)Ended).Record; } }

    internal List<string> OnScreen { get { return screen.Lines; } }

    public PSHost Host { get { return HasHost ? screen : null; } }

    internal bool HasHost = true;

    /// <summary>A command that takes nothing from the pipeline.</summary>
    internal Shell Run(PSCmdlet command)
    {
        return Run(command, new object[0], false);
    }

    /// <summary>A command at the end of a pipeline.</summary>
    internal Shell Pipe(PSCmdlet command, params object[] items)
    {
        return Run(command, items, true);
    }

    private Shell Run(PSCmdlet command, object[] items, bool isPiped)
    {
        command.CommandRuntime = this;
        typeof(InvocationInfo).GetProperty("ExpectingInput").GetSetMethod(true).Invoke(command.MyInvocation, new object[] { isPiped });
        var piped = command.GetType().GetProperties().SingleOrDefault(one => one.GetCustomAttributes(typeof(ParameterAttribute), true)
            .Any(found => ((ParameterAttribute)found).ValueFromPipeline));
        try
        {
            Step(command, "BeginProcessing");
            foreach (var item in items)
            {
                piped.SetValue(command, item, null);
                Step(command, "ProcessRecord");
                piped.SetValue(command, null, null);
            }
            if (!isPiped)
                Step(command, "ProcessRecord");
            Step(command, "EndProcessing");
        }
        catch (TargetInvocationException problem)
        {
            Ended = problem.InnerException;
        }
        var disposable = command as IDisposable;
        if (disposable != null)
            disposable.Dispose();
        return this;
    }

    /// <summary>As Ctrl-C does, from another thread.</summary>
    internal static void Stop(PSCmdlet command)
    {
        Step(command, "StopProcessing");
    }

    private static void Step(PSCmdlet command, string name)
    {
        typeof(Cmdlet).GetMethod(name, Steps).Invoke(command, null);
    }

    public bool ShouldProcess(string target, string action)
    {
        Asked.Add(action + ": " + target);
        return !WhatIf;
    }

    public bool ShouldContinue(string query, string caption) { return Continues(query); }

    public void WriteInformation(InformationRecord informationRecord) { Information.Add(informationRecord); }

    public void ThrowTerminatingError(ErrorRecord errorRecord) { throw new Terminating(errorRecord); }

    public void WriteError(ErrorRecord errorRecord)
    {
        Errors.Add(errorRecord);
        if (StopsAtErrors)
            throw new Terminating(errorRecord);
    }

    public void WriteObject(object sendToPipeline)
    {
        Given.Add(sendToPipeline);
        Next(sendToPipeline);
    }

    public void WriteVerbose(string text) { Verbose.Add(text); }

    public void WriteWarning(string text) { Warnings.Add(text); }

    private sealed class Screen : PSHost
    {
        internal readonly List<string> Lines = new List<string>();
        internal Action<string> Seen = _ => { };
        internal System.Collections.Concurrent.ConcurrentQueue<char> Keys;
        internal Func<string> Line = () => { throw new InvalidOperationException("nobody is there to type"); };
        private readonly Face face;

        internal Screen() { face = new Face(this); }

        public override PSHostUserInterface UI { get { return face; } }
    }

    private sealed class Face : PSHostUserInterface
    {
        private readonly Screen screen;

        internal Face(Screen screen) { this.screen = screen; }

        public override PSHostRawUserInterface RawUI { get { return new Keyboard(screen); } }

        public override string ReadLine() { return screen.Line(); }

        public override void WriteLine(string value)
        {
            screen.Lines.Add(value);
            screen.Seen(value);
        }

        public override void WriteWarningLine(string message) { screen.Lines.Add(message); }
    }

    private sealed class Keyboard : PSHostRawUserInterface
    {
        private readonly Screen screen;

        internal Keyboard(Screen screen) { this.screen = screen; }

        // As the host of a remote session.
        public override bool KeyAvailable
        {
            get
            {
                if (screen.Keys == null)
                    throw new NotImplementedException();
                return !screen.Keys.IsEmpty;
            }
        }

        public override KeyInfo ReadKey(ReadKeyOptions options)
        {
            Expect.Equal(ReadKeyOptions.NoEcho | ReadKeyOptions.IncludeKeyDown, options, "how keys are read");
            char key;
            Expect.True(screen.Keys.TryDequeue(out key), "a key that is there");
            return new KeyInfo { Character = key };
        }
    }
}
