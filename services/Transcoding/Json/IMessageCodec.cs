namespace Atropos.Transcoding.Json;

/// <summary>A message's codec while codecs are built, when its type is known only at run time.</summary>
internal interface IMessageCodec
{
    /// <summary>Finds the codecs of the message's fields. Called once, after the codec itself can be found (messages nest in themselves).</summary>
    void Link(CodecRegistry registry);
}
