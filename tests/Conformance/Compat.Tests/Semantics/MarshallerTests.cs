using System.Buffers;
using Grpc.Core;

namespace Atropos.Compat.Tests.Semantics;

public class MarshallerTests
{
    [Fact]
    public void Strings_go_as_utf8()
    {
        Assert.Equal([0xC3, 0xB6], Marshallers.StringMarshaller.Serializer("ö"));
        Assert.Equal("ö", Marshallers.StringMarshaller.Deserializer([0xC3, 0xB6]));
    }

    [Fact]
    public void Simple_form_is_bridged_to_the_contextual_one()
    {
        var marshaller = Marshallers.Create<string>(s => [(byte)s.Length], bytes => new string('x', bytes[0]));
        var context = new RecordingContext();

        marshaller.ContextualSerializer("four", context);

        Assert.Equal([4], context.Payload!);
        Assert.Equal("xxx", marshaller.ContextualDeserializer(new GivenPayload([3])));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Contextual_form_is_bridged_to_the_simple_one(bool throughWriter)
    {
        var marshaller = Marshallers.Create<byte[]>(
            (message, context) =>
            {
                if (throughWriter)
                {
                    context.SetPayloadLength(message.Length);
                    context.GetBufferWriter().Write(message);
                    context.Complete();
                }
                else
                {
                    context.Complete(message);
                }
            },
            context => context.PayloadAsReadOnlySequence().ToArray().Concat(context.PayloadAsNewBuffer()).ToArray());

        Assert.Equal([1, 2, 3], marshaller.Serializer([1, 2, 3]));
        Assert.Equal([7, 8, 7, 8], marshaller.Deserializer([7, 8]));
    }

    [Fact]
    public void Serializer_that_does_not_complete_or_completes_twice_is_refused()
    {
        var never = Marshallers.Create<string>((_, _) => { }, _ => "");
        var twice = Marshallers.Create<string>((_, context) => Twice(context), _ => "");

        Assert.Throws<InvalidOperationException>(() => never.Serializer(""));
        Assert.Throws<InvalidOperationException>(() => twice.Serializer(""));

        static void Twice(SerializationContext context)
        {
            context.Complete([1]);
            context.Complete([2]);
        }
    }

    [Fact]
    public void Payload_as_sequence_falls_back_to_the_array()
    {
        Assert.Equal([5, 6], new GivenPayload([5, 6]).PayloadAsReadOnlySequence().ToArray());
    }

    private sealed class RecordingContext : SerializationContext
    {
        public byte[]? Payload { get; private set; }

        public override void Complete(byte[] payload) => Payload = payload;
    }

    private sealed class GivenPayload(byte[] payload) : DeserializationContext
    {
        public override int PayloadLength => payload.Length;

        public override byte[] PayloadAsNewBuffer() => payload;
    }
}
