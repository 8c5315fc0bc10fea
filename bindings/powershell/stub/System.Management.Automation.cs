// As much of PowerShell's own assembly as the module is compiled against: the public members that it uses, as Windows
// PowerShell 5.1 and PowerShell 7 both have them. Nothing of it is shipped: in PowerShell the real assembly is there.
// The bodies serve the tests, in which there is no PowerShell: what a command says is kept in its CommandRuntime.

using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Management.Automation.Language;
using System.Reflection;
using System.Security;

[assembly: AssemblyVersion("3.0.0.0")]

namespace System.Management.Automation.Internal
{
    public abstract class CmdletMetadataAttribute : Attribute { }

    public abstract class ParsingBaseAttribute : CmdletMetadataAttribute { }

    public abstract class InternalCommand { }
}

namespace System.Management.Automation.Language
{
    public abstract class Ast { }

    public abstract class StatementAst : Ast { }

    public abstract class CommandBaseAst : StatementAst { }

    public class CommandAst : CommandBaseAst { }
}

namespace System.Management.Automation.Runspaces
{
    public abstract class Runspace
    {
        public static Runspace DefaultRunspace { get; set; }
    }
}

namespace System.Management.Automation
{
    public enum ConfirmImpact { None, Low, Medium, High }

    public abstract class CmdletCommonMetadataAttribute : CmdletMetadataAttribute
    {
        public string DefaultParameterSetName { get; set; }

        public bool SupportsShouldProcess { get; set; }

        public ConfirmImpact ConfirmImpact { get; set; }

        public string HelpUri { get; set; }
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class CmdletAttribute : CmdletCommonMetadataAttribute
    {
        public CmdletAttribute(string verbName, string nounName)
        {
            VerbName = verbName;
            NounName = nounName;
        }

        public string NounName { get; private set; }

        public string VerbName { get; private set; }
    }

    [AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
    public sealed class OutputTypeAttribute : CmdletMetadataAttribute
    {
        public OutputTypeAttribute(params Type[] type) { }
    }

    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = true)]
    public sealed class ParameterAttribute : ParsingBaseAttribute
    {
        public ParameterAttribute()
        {
            Position = int.MinValue;
        }

        public bool DontShow { get; set; }

        public string ParameterSetName { get; set; }

        public int Position { get; set; }

        public bool ValueFromPipeline { get; set; }

        public bool ValueFromPipelineByPropertyName { get; set; }

        public bool ValueFromRemainingArguments { get; set; }
    }

    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Field)]
    public sealed class AliasAttribute : ParsingBaseAttribute
    {
        public AliasAttribute(params string[] aliasNames)
        {
            AliasNames = aliasNames;
        }

        public IList<string> AliasNames { get; private set; }
    }

    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
    public class ArgumentCompleterAttribute : Attribute
    {
        public ArgumentCompleterAttribute(Type type)
        {
            Type = type;
        }

        public Type Type { get; private set; }
    }

    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
    public sealed class SupportsWildcardsAttribute : ParsingBaseAttribute { }

    [AttributeUsage(AttributeTargets.All)]
    public sealed class HiddenAttribute : ParsingBaseAttribute { }

    public interface IArgumentCompleter
    {
        IEnumerable<CompletionResult> CompleteArgument(
            string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters);
    }

    public class CompletionResult
    {
        public CompletionResult(string completionText)
        {
            CompletionText = completionText;
        }

        public string CompletionText { get; private set; }
    }

    public interface IModuleAssemblyInitializer
    {
        void OnImport();
    }

    public interface IModuleAssemblyCleanup
    {
        void OnRemove(PSModuleInfo psModuleInfo);
    }

    public sealed class PSModuleInfo { }

    public struct SwitchParameter
    {
        private readonly bool isPresent;

        public SwitchParameter(bool isPresent)
        {
            this.isPresent = isPresent;
        }

        public bool IsPresent { get { return isPresent; } }
    }

    public sealed class PSCredential
    {
        public PSCredential(string userName, SecureString password)
        {
            UserName = userName;
            Password = password;
        }

        public SecureString Password { get; private set; }

        public string UserName { get; private set; }
    }

    public class PSCustomObject { }

    public abstract class PSMemberInfo
    {
        public string Name { get; protected set; }

        public abstract object Value { get; set; }
    }

    public abstract class PSPropertyInfo : PSMemberInfo { }

    public class PSNoteProperty : PSPropertyInfo
    {
        public PSNoteProperty(string name, object value)
        {
            Name = name;
            Value = value;
        }

        public override object Value { get; set; }
    }

    public abstract class PSMemberInfoCollection<T> : IEnumerable<T> where T : PSMemberInfo
    {
        public abstract IEnumerator<T> GetEnumerator();

        public abstract void Add(T member);

        IEnumerator IEnumerable.GetEnumerator()
        {
            return GetEnumerator();
        }
    }

    public class PSObject
    {
        private readonly Properties_ properties = new Properties_();

        public PSObject() : this(new PSCustomObject()) { }

        public PSObject(object obj)
        {
            BaseObject = obj;
        }

        public object BaseObject { get; private set; }

        public PSMemberInfoCollection<PSPropertyInfo> Properties { get { return properties; } }

        private sealed class Properties_ : PSMemberInfoCollection<PSPropertyInfo>
        {
            private readonly List<PSPropertyInfo> members = new List<PSPropertyInfo>();

            public override IEnumerator<PSPropertyInfo> GetEnumerator()
            {
                return members.GetEnumerator();
            }

            public override void Add(PSPropertyInfo member)
            {
                members.Add(member);
            }
        }
    }

    public enum ErrorCategory
    {
        NotSpecified, OpenError, CloseError, DeviceError, DeadlockDetected, InvalidArgument, InvalidData, InvalidOperation,
        InvalidResult, InvalidType, MetadataError, NotImplemented, NotInstalled, ObjectNotFound, OperationStopped,
        OperationTimeout, SyntaxError, ParserError, PermissionDenied, ResourceBusy, ResourceExists, ResourceUnavailable,
        ReadError, WriteError, FromStdErr, SecurityError, ProtocolError, ConnectionError, AuthenticationError,
        LimitsExceeded, QuotaExceeded, NotEnabled,
    }

    public class ErrorDetails
    {
        public ErrorDetails(string message)
        {
            Message = message;
        }

        public string Message { get; private set; }

        public string RecommendedAction { get; set; }
    }

    public class ErrorRecord
    {
        private readonly string id;

        public ErrorRecord(Exception exception, string errorId, ErrorCategory errorCategory, object targetObject)
        {
            Exception = exception;
            id = errorId;
            TargetObject = targetObject;
            category = errorCategory;
        }

        internal readonly ErrorCategory category;

        public Exception Exception { get; private set; }

        public ErrorDetails ErrorDetails { get; set; }

        public string FullyQualifiedErrorId { get { return id; } }

        public object TargetObject { get; private set; }
    }

    public class RuntimeException : SystemException
    {
        public RuntimeException() { }

        public RuntimeException(string message, Exception innerException, ErrorRecord errorRecord) : base(message, innerException)
        {
            record = errorRecord;
        }

        private readonly ErrorRecord record;

        public virtual ErrorRecord ErrorRecord { get { return record; } }
    }

    public class PipelineStoppedException : RuntimeException { }

    public class CommandInvocationIntrinsics
    {
        /// <summary>What runs scripts in the tests.</summary>
        internal static Func<string, object[], IEnumerable<object>> Runner;

        public Collection<PSObject> InvokeScript(string script, params object[] args)
        {
            var given = new Collection<PSObject>();
            foreach (var one in Runner(script, args))
                given.Add(new PSObject(one));
            return given;
        }
    }

    public interface ICommandRuntime2 : ICommandRuntime
    {
        void WriteInformation(InformationRecord informationRecord);
    }

    public interface ICommandRuntime
    {
        PSHost Host { get; }

        bool ShouldContinue(string query, string caption);

        bool ShouldProcess(string target, string action);

        void ThrowTerminatingError(ErrorRecord errorRecord);

        void WriteError(ErrorRecord errorRecord);

        void WriteObject(object sendToPipeline);

        void WriteVerbose(string text);

        void WriteWarning(string text);
    }

    public class InvocationInfo
    {
        public bool ExpectingInput { get; internal set; }
    }

    public abstract class Cmdlet : InternalCommand
    {
        public ICommandRuntime CommandRuntime { get; set; }

        protected virtual void BeginProcessing() { }

        protected virtual void ProcessRecord() { }

        protected virtual void EndProcessing() { }

        protected virtual void StopProcessing() { }

        public bool ShouldProcess(string target, string action)
        {
            return CommandRuntime.ShouldProcess(target, action);
        }

        public bool ShouldContinue(string query, string caption)
        {
            return CommandRuntime.ShouldContinue(query, caption);
        }

        public void WriteInformation(object messageData, string[] tags)
        {
            var record = new InformationRecord(messageData, GetType().Name);
            record.Tags.AddRange(tags ?? new string[0]);
            ((ICommandRuntime2)CommandRuntime).WriteInformation(record);
        }

        public void ThrowTerminatingError(ErrorRecord errorRecord)
        {
            CommandRuntime.ThrowTerminatingError(errorRecord);
        }

        public void WriteError(ErrorRecord errorRecord)
        {
            CommandRuntime.WriteError(errorRecord);
        }

        public void WriteObject(object sendToPipeline)
        {
            CommandRuntime.WriteObject(sendToPipeline);
        }

        public void WriteVerbose(string text)
        {
            CommandRuntime.WriteVerbose(text);
        }

        public void WriteWarning(string text)
        {
            CommandRuntime.WriteWarning(text);
        }
    }

    public abstract class PSCmdlet : Cmdlet
    {
        private readonly InvocationInfo invocation = new InvocationInfo();

        public PSHost Host { get { return CommandRuntime.Host; } }

        public InvocationInfo MyInvocation { get { return invocation; } }

        public CommandInvocationIntrinsics InvokeCommand { get { return new CommandInvocationIntrinsics(); } }

        /// <summary>Where PowerShell is, in the tests: not where the process is.</summary>
        internal static string Location = "/";

        public SessionState SessionState { get { return new SessionState(); } }

        public string GetUnresolvedProviderPathFromPSPath(string path)
        {
            return PathIntrinsics.Absolute(path);
        }

        public Collection<string> GetResolvedProviderPathFromPSPath(string path, out ProviderInfo provider)
        {
            return PathIntrinsics.Matching(path, out provider);
        }
    }
}
