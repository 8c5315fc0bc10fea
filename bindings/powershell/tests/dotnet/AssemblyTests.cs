// The assembly itself: it is compiled against mono's class library, and has to fit every other one.

using System;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Pinterest.OAuth;

internal static class AssemblyTests
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static void Every_type_and_method_that_is_used_is_there_in_this_NET()
    {
        var methods = typeof(Client).Assembly.GetTypes().Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
            .Where(method => !method.IsAbstract && !method.ContainsGenericParameters && method.GetMethodBody() != null).ToArray();
        Expect.True(methods.Length > 300, "methods were found");
        foreach (var method in methods)
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
    }

    public static void The_assembly_has_the_version_of_the_module_and_of_the_library()
    {
        var version = typeof(Client).Assembly.GetName().Version;
        Expect.True(Library.Version().StartsWith(version.ToString(3), StringComparison.Ordinal), "version");
    }
}
