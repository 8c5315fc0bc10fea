// What belongs to a session of PowerShell: each runspace has settings of its own. And what happens at import.

using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Pinterest.OAuth.Commands
{
    /// <summary>PowerShell calls it when the module is imported and removed.</summary>
    public sealed class Session : IModuleAssemblyInitializer, IModuleAssemblyCleanup
    {
        private static readonly ConditionalWeakTable<object, Configuration> OfRunspaces = new ConditionalWeakTable<object, Configuration>();
        private static readonly object Without = new object();

        /// <summary>Loads the C library, so that what is wrong with it is said at the import.</summary>
        public void OnImport()
        {
            Library.Check();
        }

        /// <summary>Forgets the settings.</summary>
        public void OnRemove(PSModuleInfo psModuleInfo)
        {
            OfRunspaces.Remove(Runspace.DefaultRunspace ?? Without);
        }

        internal static Configuration Settings()
        {
            return OfRunspaces.GetValue(Runspace.DefaultRunspace ?? Without, _ => new Configuration());
        }
    }
}
