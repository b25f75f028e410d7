using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Atropos.Compat.Tests.Surface;

/// <summary>Reads from an assembly file which types and members it defines, or refers to in others, with exact signatures.</summary>
internal static class AssemblyMembers
{
    public static HashSet<string> Defined(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        var assembly = reader.GetString(reader.GetAssemblyDefinition().Name);
        var names = new SignatureNames();
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            var owner = $"{assembly}|{names.GetTypeFromDefinition(reader, handle, 0)}";
            found.Add(owner);
            foreach (var method in type.GetMethods().Select(reader.GetMethodDefinition))
            {
                found.Add($"{owner}|{reader.GetString(method.Name)}|{Text(method.DecodeSignature(names, null))}");
            }

            foreach (var field in type.GetFields().Select(reader.GetFieldDefinition))
            {
                found.Add($"{owner}|{reader.GetString(field.Name)}|{field.DecodeSignature(names, null)}");
            }
        }

        return found;
    }

    public static HashSet<string> Referenced(string path, string[] assemblies)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        var names = new SignatureNames();
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var handle in reader.TypeReferences)
        {
            if (Owner(reader, handle) is { } owner && assemblies.Contains(owner))
            {
                found.Add($"{owner}|{names.GetTypeFromReference(reader, handle, 0)}");
            }
        }

        foreach (var member in reader.MemberReferences.Select(reader.GetMemberReference))
        {
            if (TypeReferenceOf(reader, member.Parent) is not { } parent
                || Owner(reader, parent) is not { } owner
                || !assemblies.Contains(owner))
            {
                continue;
            }

            var signature = member.GetKind() == MemberReferenceKind.Method
                ? Text(member.DecodeMethodSignature(names, null))
                : member.DecodeFieldSignature(names, null);
            found.Add($"{owner}|{names.GetTypeFromReference(reader, parent, 0)}|{reader.GetString(member.Name)}|{signature}");
        }

        return found;
    }

    private static TypeReferenceHandle? TypeReferenceOf(MetadataReader reader, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeReference)
        {
            return (TypeReferenceHandle)parent;
        }

        if (parent.Kind != HandleKind.TypeSpecification)
        {
            return null;
        }

        // A generic instantiation: the bytes are GENERICINST, CLASS or VALUETYPE, then the coded handle of the type.
        var blob = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        blob.ReadCompressedInteger();
        var type = blob.ReadTypeHandle();
        return type.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)type : null;
    }

    private static string? Owner(MetadataReader reader, TypeReferenceHandle handle)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.AssemblyReference => reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            HandleKind.TypeReference => Owner(reader, (TypeReferenceHandle)scope),
            _ => null,
        };
    }

    private static string Text(MethodSignature<string> signature) =>
        $"{(signature.Header.IsInstance ? "instance " : "")}{signature.ReturnType}`{signature.GenericParameterCount}" +
        $"({string.Join(",", signature.ParameterTypes)})";
}
