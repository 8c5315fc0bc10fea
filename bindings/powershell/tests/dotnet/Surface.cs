// Prints the public surface, for the check that the scripts use nothing else: type, member, how many arguments.

using System;
using System.Linq;
using System.Reflection;
using Pinterest.OAuth;

internal static class Surface
{
    internal static int Print()
    {
        foreach (var type in typeof(Client).Assembly.GetExportedTypes())
        {
            foreach (var made in type.GetConstructors())
                Console.WriteLine("{0} new {1}", type.FullName, made.GetParameters().Length);
            foreach (var method in type.GetMethods().Where(one => !one.IsSpecialName))
                Console.WriteLine("{0} {1} {2}", type.FullName, method.Name, method.GetParameters().Length);
            foreach (var property in type.GetProperties())
                Console.WriteLine("{0} {1} property", type.FullName, property.Name);
        }
        return 0;
    }
}
