// The host of PowerShell, and what is said to it, as far as the module uses them. See System.Management.Automation.cs.

using System.Collections.Generic;

namespace System.Management.Automation.Host
{
    [Flags]
    public enum ReadKeyOptions { AllowCtrlC = 1, NoEcho = 2, IncludeKeyDown = 4, IncludeKeyUp = 8 }

    public struct KeyInfo
    {
        public char Character { get; set; }
    }

    public abstract class PSHostRawUserInterface
    {
        public abstract bool KeyAvailable { get; }

        public abstract KeyInfo ReadKey(ReadKeyOptions options);
    }

    public abstract class PSHostUserInterface
    {
        public abstract PSHostRawUserInterface RawUI { get; }

        public abstract string ReadLine();

        public abstract void WriteLine(string value);

        public abstract void WriteWarningLine(string message);
    }

    public abstract class PSHost
    {
        public abstract PSHostUserInterface UI { get; }
    }
}

namespace System.Management.Automation
{
    public class HostInformationMessage
    {
        public string Message { get; set; }
    }

    public class InformationRecord
    {
        public InformationRecord(object messageData, string source)
        {
            MessageData = messageData;
            Source = source;
            Tags = new List<string>();
        }

        public object MessageData { get; private set; }

        public string Source { get; private set; }

        public List<string> Tags { get; private set; }
    }
}
