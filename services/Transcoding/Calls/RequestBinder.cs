using System.Buffers;
using Atropos.Transcoding.Errors;
using Atropos.Transcoding.Json;
using Atropos.Transcoding.Routing;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;

namespace Atropos.Transcoding.Calls;

/// <summary>Makes request messages out of bodies, paths and query strings, as one binding says.</summary>
internal sealed class RequestBinder<T>
    where T : class, IMessage<T>, new()
{
    private readonly HttpBinding _binding;
    private readonly MessageCodec<T> _codec;
    private readonly JsonReadSettings _settings;
    private readonly bool _ignoreUnknownQuery;
    private readonly FieldPath? _body;
    private readonly FieldPath? _when;
    private readonly (PathVariable Variable, FieldPath Field)[] _variables;

    public RequestBinder(HttpBinding binding, CodecRegistry registry, TranscodingOptions options)
    {
        _binding = binding;
        _codec = registry.Get<T>(binding.Method.InputType);
        _settings = new JsonReadSettings(options.MaxJsonDepth, options.IgnoreUnknownMembers);
        _ignoreUnknownQuery = options.IgnoreUnknownQueryParameters;
        _variables = [.. binding.Template.Variables.Select(v => (v, Resolve(v.Field, "the path variable")))];
        foreach (var (variable, field) in _variables)
        {
            if (field.Field.Descriptor.IsRepeated)
            {
                throw Error($"the path variable {variable.Field} is repeated");
            }
        }

        _body = binding.Body is "" or "*" ? null : Resolve(binding.Body, "the body");
        if (binding.When.Length > 0)
        {
            _when = binding.Body switch
            {
                "" => throw Error("`when` names a member of the body, but there is no body"),
                "*" => Resolve(binding.When, "`when`"),
                _ => Resolve($"{binding.Body}.{binding.When}", "`when`"),
            };
            if (_when.Field.Descriptor.FieldType != FieldType.Bool || _when.Field.Descriptor.IsRepeated)
            {
                throw Error($"`when` names {binding.When}, which is not a boolean");
            }
        }
    }

    public T ReadBody(ReadOnlySequence<byte> body, string? contentType)
    {
        var request = new T();
        if (_binding.Body.Length == 0)
        {
            return request;
        }

        if (_body is null)
        {
            if (request is HttpBody whole)
            {
                Fill(whole, body, contentType);
            }
            else
            {
                JsonBody.Read(body, _codec, request, _settings);
            }
        }
        else
        {
            var owner = _body.Owner(request);
            if (IsHttpBody(_body.Field.Descriptor))
            {
                Fill((HttpBody)_body.Field.GetOrCreate(owner), body, contentType);
            }
            else
            {
                JsonBody.ReadField(body, _body.Field, owner, _settings);
            }
        }

        return request;
    }

    public bool IsAskedFor(IMessage request) => _when is null || _when.Get(request) is true;

    public void BindUri(IMessage request, string[] segments, IQueryCollection query)
    {
        foreach (var (variable, field) in _variables)
        {
            Set(request, field, variable.Capture(segments), "path");
        }

        foreach (var (name, values) in query)
        {
            var field = FindQueryField(name);
            if (field is null)
            {
                if (_ignoreUnknownQuery)
                {
                    continue;
                }

                throw TranscodingException.Invalid($"query parameter '{name}': not a known parameter.", name, "unknown_parameter");
            }

            if (values.Count > 1 && !field.Field.Descriptor.IsRepeated)
            {
                throw TranscodingException.Invalid($"query parameter '{name}': given {values.Count} times.", name);
            }

            foreach (var value in values)
            {
                Set(request, field, value ?? "", "query");
            }
        }
    }

    private static bool IsHttpBody(FieldDescriptor field)
        => !field.IsRepeated && field.FieldType == FieldType.Message && field.MessageType.ClrType == typeof(HttpBody);

    private static void Fill(HttpBody target, ReadOnlySequence<byte> body, string? contentType)
    {
        target.ContentType = contentType ?? "";
        target.Data = UnsafeByteOperations.UnsafeWrap(body.ToArray());
    }

    private static void Set(IMessage request, FieldPath field, string text, string source)
    {
        try
        {
            field.SetText(request, text);
        }
        catch (FormatException e)
        {
            throw TranscodingException.Invalid($"{source} parameter '{field.Text}': {e.Message}.", field.Text);
        }
    }

    // What the path or the body gives is not a query parameter too; with the body `*` nothing is.
    private FieldPath? FindQueryField(string name)
    {
        if (_binding.Body == "*" || Covers(_binding.Body, name) || _variables.Any(v => v.Field.Text == name))
        {
            return null;
        }

        return FieldPath.Find(_codec, name);
    }

    private static bool Covers(string body, string name)
        => body.Length > 0 && name.StartsWith(body, StringComparison.Ordinal) && (name.Length == body.Length || name[body.Length] == '.');

    private FieldPath Resolve(string path, string what)
        => FieldPath.Find(_codec, path)
            ?? throw Error($"{what} names {path}, which is not a field of {_binding.Method.InputType.FullName}");

    private InvalidOperationException Error(string what)
        => new($"{_binding.Method.FullName}, reached by {_binding.Verb} {_binding.Template.Text}: {what}.");
}
