// Writes the help of the commands (MAML) from their classes and their comments: Help.exe ASSEMBLY COMMENTS > FILE.
// build.sh runs it. What a comment says: summary (synopsis; of a parameter its text), remarks, example with code and para,
// value (a default).

using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Security;
using System.Text.RegularExpressions;
using System.Xml;

internal static class Help
{
    private const string Spaces =
        " xmlns:maml='http://schemas.microsoft.com/maml/2004/10' xmlns:dev='http://schemas.microsoft.com/maml/dev/2004/10'"
        + " xmlns:command='http://schemas.microsoft.com/maml/dev/command/2004/10'";

    private static Dictionary<string, XmlElement> comments;

    private static int Main(string[] arguments)
    {
        var read = new XmlDocument();
        read.Load(arguments[1]);
        comments = read.GetElementsByTagName("member").Cast<XmlElement>().ToDictionary(one => one.GetAttribute("name"));
        var commands = Assembly.LoadFrom(arguments[0]).GetExportedTypes()
            .Where(type => type.IsDefined(typeof(CmdletAttribute), false)).OrderBy(Name);
        Console.WriteLine("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
        Console.WriteLine(Tag("helpItems xmlns='http://msh' schema='maml'", commands.Select(Of).ToArray()));
        return 0;
    }

    // An element of elements. Attributes stand in its name.
    private static string Tag(string name, params string[] inside)
    {
        return "<" + name + ">" + string.Concat(inside) + "</" + name.Split(' ')[0] + ">\n";
    }

    private static string Text(string name, string text)
    {
        return Tag(name, SecurityElement.Escape(text));
    }

    private static string Of(Type type)
    {
        var cmdlet = Attributes<CmdletAttribute>(type).Single();
        var comment = Comment("T:" + type.FullName);
        var shown = Parameters(type);
        return Tag(
            "command:command" + Spaces,
            Tag(
                "command:details",
                Text("command:name", Name(type)), Tag("maml:description", Paragraph(Line(comment["summary"]))),
                Text("command:verb", cmdlet.VerbName), Text("command:noun", cmdlet.NounName)),
            Tag("maml:description", comment["remarks"] == null ? Paragraph(Line(comment["summary"])) : Paragraphs(comment["remarks"])),
            Tag("command:syntax", Sets(shown).Select(set => Syntax(type, shown, set)).ToArray()),
            Tag(
                "command:parameters",
                string.Concat(shown.Select(one => Parameter(one, Attributes<ParameterAttribute>(one).First())).ToArray()), Confirming(type)),
            Tag("command:inputTypes", Inputs(shown)),
            Tag("command:returnValues", Outputs(type)),
            Tag("command:examples", comment.ChildNodes.OfType<XmlElement>().Where(one => one.Name == "example").Select(Example).ToArray()),
            Tag(
                "command:relatedLinks", Link("Online", cmdlet.HelpUri), Link("about_Pinterest.OAuth", ""),
                Link("Update-PinterestToken", ""), Link("Receive-PinterestToken", "")));
    }

    private static IEnumerable<string> Sets(PropertyInfo[] shown)
    {
        var named = shown.SelectMany(one => Attributes<ParameterAttribute>(one)).Select(one => one.ParameterSetName)
            .Where(name => name != null).Distinct().ToArray();
        return named.Length == 0 ? new string[] { null } : named;
    }

    private static string Syntax(Type type, PropertyInfo[] shown, string set)
    {
        var parameters =
            from one in shown
            from attribute in Attributes<ParameterAttribute>(one)
            where attribute.ParameterSetName == null || attribute.ParameterSetName == set
            select Parameter(one, attribute);
        return Tag("command:syntaxItem", Text("maml:name", Name(type)), string.Concat(parameters.ToArray()), Confirming(type));
    }

    private static string Parameter(PropertyInfo property, ParameterAttribute attribute)
    {
        var comment = Comment("P:" + property.DeclaringType.FullName + "." + property.Name);
        var isSwitch = property.PropertyType == typeof(SwitchParameter);
        return Parameter(
            property.Name, Line(comment["summary"]), isSwitch,
            attribute.ValueFromPipeline ? "True (ByValue)" : attribute.ValueFromPipelineByPropertyName ? "True (ByPropertyName)" : "False",
            attribute.Position < 0 ? "named" : attribute.Position.ToString(),
            comment["value"] != null ? Line(comment["value"]) : isSwitch ? "False" : "None",
            Attributes<SupportsWildcardsAttribute>(property).Length > 0);
    }

    // PowerShell's own parameters of a command that changes something.
    private static string Confirming(Type type)
    {
        return !Attributes<CmdletAttribute>(type).Single().SupportsShouldProcess ? ""
            : Parameter("WhatIf", "Says what would be done, and does nothing.", true, "False", "named", "False")
                + Parameter("Confirm", "Asks before it is done.", true, "False", "named", "False");
    }

    private static string Parameter(string name, string about, bool isSwitch, string pipeline, string position, string otherwise, bool isPattern = false)
    {
        var type = isSwitch ? "SwitchParameter" : "Object";
        return Tag(
            string.Format(
                "command:parameter required='false' variableLength='false' globbing='{2}' pipelineInput='{0}' position='{1}'", pipeline, position,
                isPattern ? "true" : "false"),
            Text("maml:name", name), Tag("maml:description", Paragraph(about)),
            isSwitch ? "" : Text("command:parameterValue required='true'", type), Tag("dev:type", Text("maml:name", type)),
            Text("dev:defaultValue", otherwise));
    }

    private static string Inputs(PropertyInfo[] shown)
    {
        var piped = shown.FirstOrDefault(one => Attributes<ParameterAttribute>(one).Any(attribute => attribute.ValueFromPipeline));
        return Tag(
            "command:inputType", Tag("dev:type", Text("maml:name", piped == null ? "None" : "System.Object")),
            Tag("maml:description", Paragraph(piped == null
                ? "Nothing is taken from the pipeline."
                : Line(Comment("P:" + piped.DeclaringType.FullName + "." + piped.Name)["summary"]))));
    }

    private static string Outputs(Type type)
    {
        var outputs =
            from attribute in CustomAttributeData.GetCustomAttributes(type)
            where attribute.Constructor.DeclaringType == typeof(OutputTypeAttribute)
            from argument in (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value
            let output = (Type)argument.Value
            select Tag(
                "command:returnValue", Tag("dev:type", Text("maml:name", output.FullName)),
                Tag("maml:description", Paragraph(comments.ContainsKey("T:" + output.FullName) ? Line(Comment("T:" + output.FullName)["summary"])
                    : output == typeof(string) ? "Text." : output == typeof(object) ? "What Pinterest answered." : output.Name + ".")));
        return string.Concat(outputs.ToArray());
    }

    private static string Example(XmlElement example, int number)
    {
        return Tag(
            "command:example", Text("maml:title", "Example " + (number + 1)), Text("dev:code", Code(example["code"].InnerText)),
            Tag("dev:remarks", Paragraphs(example)));
    }

    private static string Link(string text, string address)
    {
        return Tag("maml:navigationLink", Text("maml:linkText", text), Text("maml:uri", address));
    }

    private static string Name(Type type)
    {
        var cmdlet = Attributes<CmdletAttribute>(type).Single();
        return cmdlet.VerbName + "-" + cmdlet.NounName;
    }

    private static PropertyInfo[] Parameters(Type type)
    {
        return type.GetProperties().Where(one => Attributes<ParameterAttribute>(one).Any(attribute => !attribute.DontShow)).ToArray();
    }

    private static T[] Attributes<T>(MemberInfo member)
    {
        return member.GetCustomAttributes(typeof(T), true).Cast<T>().ToArray();
    }

    private static XmlElement Comment(string member)
    {
        XmlElement comment;
        if (!comments.TryGetValue(member, out comment) || comment["summary"] == null)
            throw new InvalidOperationException(member + " has no summary");
        return comment;
    }

    private static string Paragraphs(XmlElement within)
    {
        return string.Concat(within.ChildNodes.OfType<XmlElement>().Where(one => one.Name == "para").Select(one => Paragraph(Line(one))).ToArray());
    }

    private static string Paragraph(string text)
    {
        return Text("maml:para", text);
    }

    // One line; of a reference the name.
    private static string Line(XmlElement text)
    {
        var parts = text.ChildNodes.Cast<XmlNode>().Select(node => node is XmlElement
            ? Regex.Replace(((XmlElement)node).GetAttribute("cref"), @"^.*\.", "") : node.Value);
        return Regex.Replace(string.Concat(parts.ToArray()), @"\s+", " ").Trim();
    }

    // Without the indentation that the comment has.
    private static string Code(string text)
    {
        var lines = text.Trim('\n', '\r').Split('\n').Select(line => line.TrimEnd()).ToArray();
        var margin = lines.Where(line => line != "").Min(line => line.Length - line.TrimStart().Length);
        return string.Join("\n", lines.Select(line => line == "" ? line : line.Substring(margin)).ToArray()).TrimEnd();
    }
}
