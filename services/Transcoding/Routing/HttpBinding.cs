using Atropos.Json.V1;
using Google.Api;
using Google.Protobuf.Reflection;

namespace Atropos.Transcoding.Routing;

/// <summary>One way to reach one method over HTTP.</summary>
/// <param name="Method">The method.</param>
/// <param name="Verb">The HTTP verb, in capitals.</param>
/// <param name="Template">The path.</param>
/// <param name="Body">The request field that the body holds, <c>*</c> for the whole request, or empty.</param>
/// <param name="ResponseBody">The response field that is written, or empty for all of it.</param>
/// <param name="When">The boolean member of the body that must be true, or empty.</param>
/// <param name="StreamEnd">The text of the last event of a stream, or empty.</param>
internal sealed record HttpBinding(
    MethodDescriptor Method, string Verb, PathTemplate Template, string Body, string ResponseBody, string When, string StreamEnd)
{
    /// <summary>The bindings of a method, by its own rule; none where it has no rule.</summary>
    /// <exception cref="InvalidOperationException">The rule cannot be followed; the message names the method and what is wrong.</exception>
    public static IEnumerable<HttpBinding> Of(MethodDescriptor method)
    {
        var rule = method.GetOptions()?.GetExtension(AnnotationsExtensions.Http);
        if (rule is null)
        {
            yield break;
        }

        if (method.IsClientStreaming)
        {
            throw new InvalidOperationException(
                $"{method.FullName} takes a stream, which an HTTP request cannot be: remove its google.api.http rule.");
        }

        yield return Create(method, rule);
        foreach (var additional in rule.AdditionalBindings)
        {
            if (additional.AdditionalBindings.Count > 0)
            {
                throw new InvalidOperationException($"{method.FullName} has additional bindings inside an additional binding.");
            }

            yield return Create(method, additional);
        }
    }

    private static HttpBinding Create(MethodDescriptor method, HttpRule rule)
    {
        var (verb, path) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => ("GET", rule.Get),
            HttpRule.PatternOneofCase.Put => ("PUT", rule.Put),
            HttpRule.PatternOneofCase.Post => ("POST", rule.Post),
            HttpRule.PatternOneofCase.Delete => ("DELETE", rule.Delete),
            HttpRule.PatternOneofCase.Patch => ("PATCH", rule.Patch),
            HttpRule.PatternOneofCase.Custom => (rule.Custom.Kind.ToUpperInvariant(), rule.Custom.Path),
            _ => throw new InvalidOperationException($"{method.FullName} has a google.api.http rule without a verb and path."),
        };
        if (verb.Length == 0)
        {
            throw new InvalidOperationException($"{method.FullName} has a custom HTTP verb without a name.");
        }

        var options = method.GetOptions()?.GetExtension(OptionsExtensions.Method);
        try
        {
            return new HttpBinding(
                method, verb, PathTemplate.Parse(path), rule.Body, rule.ResponseBody, options?.When ?? "", options?.StreamEnd ?? "");
        }
        catch (FormatException e)
        {
            throw new InvalidOperationException($"{method.FullName}: {e.Message}.", e);
        }
    }
}
