namespace Atropos.Protocol;

/// <summary>The protos of this assembly with their comments, which generated code leaves out.</summary>
public static class ProtocolDescriptors
{
    /// <summary>
    /// Opens the serialized <c>google.protobuf.FileDescriptorSet</c> of every proto and its imports, source info included.
    /// The caller disposes the stream.
    /// </summary>
    public static Stream Open()
        => typeof(ProtocolDescriptors).Assembly.GetManifestResourceStream("atropos.protocol.descriptors.binpb")
            ?? throw new InvalidOperationException("The assembly was built without its descriptor set.");
}
