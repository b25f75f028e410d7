using Atropos.TemplateFuzz.Tests.Oracle;

namespace Atropos.TemplateFuzz.Tests.Running;

/// <summary>Where Jinja2 3.1.2, which Debian 12 has, differs on purpose from 3.1.6, which ours follows.</summary>
internal static class OlderVersion
{
    public static bool IsOne(string version) => Version.TryParse(version, out var parsed) && parsed < new Version(3, 1, 6);

    /// <summary>Whether the change between the versions explains the difference.</summary>
    public static bool Explains(Outcome original, Outcome ours) =>

        // Methods of safe text have other names where they are printed.
        original.Text.Contains("<bound method str.", StringComparison.Ordinal)

        // 'inf'|int is the default since 3.1.5.
        || (original.Text == "OverflowError: cannot convert float infinity to integer" && ours.Kind == OutcomeKind.Text)

        // Attributes of namespaces may stand beside other targets since 3.1.5; before, whatever a dot follows had to be a name.
        || (original.Kind == OutcomeKind.Syntax && ours.Kind == OutcomeKind.Syntax
            && (original.Text.StartsWith("expected token 'name', got", StringComparison.Ordinal)
                || original.Text is "expected token 'end of statement block', got ','" or "expected token 'end of statement block', got '.'"))

        // Names of attributes in xmlattr are checked since 3.1.3, in attr since 3.1.6, and more methods are refused since 3.1.5.
        || (ours.Kind == OutcomeKind.Failed
            && (ours.Text.StartsWith("ValueError: Invalid character in attribute name", StringComparison.Ordinal)
                || ours.Text.StartsWith("TypeError: attribute name must be string", StringComparison.Ordinal)
                || ours.Text.StartsWith("SecurityError: access to attribute 'pop'", StringComparison.Ordinal)
                || ours.Text.StartsWith("SecurityError: access to attribute 'clear'", StringComparison.Ordinal)));
}
