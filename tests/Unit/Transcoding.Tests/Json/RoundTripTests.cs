using Atropos.Transcoding.Tests.Support;
using Atropos.Transcoding.Tests.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.Transcoding.Tests.Json;

public sealed class RoundTripTests
{
    private static readonly Gen<string> Text = ArbMap.Default.GeneratorFor<string>().Select(Sound);

    private static readonly Gen<Scalars> AnyScalars =
        from i in ArbMap.Default.GeneratorFor<int>()
        from l in ArbMap.Default.GeneratorFor<long>()
        from u in ArbMap.Default.GeneratorFor<ulong>()
        from f in ArbMap.Default.GeneratorFor<float>()
        from d in ArbMap.Default.GeneratorFor<double>()
        from s in Text
        from bytes in ArbMap.Default.GeneratorFor<byte[]>()
        from ids in ArbMap.Default.GeneratorFor<int[]>()
        from floats in ArbMap.Default.GeneratorFor<float[]>()
        from words in Text.ListOf()
        select new Scalars
        {
            Int32Value = i,
            Int64Value = l,
            Uint64Value = u,
            FloatValue = f,
            DoubleValue = d,
            BoolValue = i > 0,
            StringValue = s,
            BytesValue = ByteString.CopyFrom(bytes ?? []),
            Colour = (Colour)(i & 3),
            Ids = { ids ?? [] },
            Logprobs = { floats ?? [] },
            Words = { words },
        };

    private static readonly Gen<Value> AnyValue = Gen.Sized(size => ValueOf(Math.Min(size, 8)));

    private static readonly Gen<Rules> AnyRules =
        from scalars in AnyScalars
        from text in Text
        from flags in ArbMap.Default.GeneratorFor<byte>()
        from extra in Gen.Zip(Text, AnyValue).ListOf()
        select RulesOf(scalars, text, flags, extra);

    [Fact]
    public void Scalars_come_back_as_they_were() => Check(AnyScalars);

    [Fact]
    public void Rules_and_unknown_members_come_back_as_they_were() => Check(AnyRules);

    private static void Check<T>(Gen<T> gen)
        where T : class, IMessage<T>, new()
        => Prop.ForAll(gen.ToArbitrary(), message =>
        {
            var json = JsonSide.Write(message);
            var again = JsonSide.Read<T>(json);
            Assert.Equal(message, again);
            Assert.Equal(json, JsonSide.Write(again));
            Assert.Equal(message, JsonSide.ReadPieces<T>(json, 5));
            _ = System.Text.Json.JsonDocument.Parse(json);
        }).QuickCheckThrowOnFailure();

    private static Rules RulesOf(Scalars scalars, string text, byte flags, IEnumerable<(string Name, Value Value)> extra)
    {
        var rules = new Rules { NestedNullable = (flags & 1) != 0 ? scalars : null };
        if ((flags & 2) != 0)
        {
            rules.Nullable = text;
        }

        if ((flags & 4) != 0)
        {
            rules.Number = scalars.Int32Value;
        }
        else if ((flags & 8) != 0)
        {
            rules.Text = text;
        }

        if ((flags & 16) != 0)
        {
            rules.Children.Add(text, new Rules { PlainOptional = flags });
        }

        foreach (var (name, value) in extra.Where(e => Rules.Descriptor.FindFieldByName(e.Name) is null))
        {
            rules.Extra ??= new Struct();
            rules.Extra.Fields[name] = value;
        }

        return rules;
    }

    private static Gen<Value> ValueOf(int size)
    {
        var leaf = Gen.OneOf(
            Text.Select(Value.ForString),
            ArbMap.Default.GeneratorFor<NormalFloat>().Select(d => Value.ForNumber(d.Get)),
            ArbMap.Default.GeneratorFor<bool>().Select(Value.ForBool),
            Gen.Constant(0).Select(_ => Value.ForNull()));
        return size <= 1
            ? leaf
            : Gen.OneOf(
                leaf,
                ValueOf(size / 2).ListOf().Select(l => Value.ForList([.. l])),
                Gen.Zip(Text, ValueOf(size / 2)).ListOf().Select(members =>
                {
                    var structure = new Struct();
                    foreach (var (name, value) in members)
                    {
                        structure.Fields[name] = value;
                    }

                    return Value.ForStruct(structure);
                }));
    }

    // Protobuf text cannot hold half a surrogate pair.
    private static string Sound(string? text)
        => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text ?? ""));
}
