using Atropos.Transcoding.Tests.Support;
using Atropos.Transcoding.Tests.V1;
using Google.Protobuf;

namespace Atropos.Transcoding.Tests.Json;

public sealed class ScalarTests
{
    [Fact]
    public void Write_empty_message_gives_every_field_without_presence()
    {
        var json = JsonSide.Write(new Scalars());

        Assert.Equal(
            """
            {"int32_value":0,"int64_value":0,"uint32_value":0,"uint64_value":0,"sint32_value":0,"sint64_value":0,
            "fixed32_value":0,"fixed64_value":0,"float_value":0,"double_value":0,"bool_value":false,"string_value":"",
            "bytes_value":"","colour":"COLOUR_UNSPECIFIED","ids":[],"logprobs":[],"words":[],"colours":[],"longs":[],
            "flags":[],"doubles":[],"blobs":[]}
            """.Replace("\n", "", StringComparison.Ordinal),
            json);
    }

    [Fact]
    public void Read_takes_every_kind_and_write_gives_it_back()
    {
        var json =
            """
            {"int32_value":-2147483648,"int64_value":9223372036854775807,"uint32_value":4294967295,
            "uint64_value":18446744073709551615,"sint32_value":-1,"sint64_value":-9223372036854775808,"fixed32_value":7,
            "fixed64_value":8,"float_value":-0.6931472,"double_value":0.1,"bool_value":true,"string_value":"häß\n\"x\" \uD83D\uDE00 </a>",
            "bytes_value":"AQID","colour":"COLOUR_GREEN","ids":[1,-2,3],"logprobs":[-0.1,"NaN","-Infinity","Infinity",1.5],
            "words":["a",""],"colours":["COLOUR_RED",7],"longs":[1,9007199254740993],"flags":[true,false],
            "doubles":[1E+300,0],"blobs":["","/w=="]}
            """.Replace("\n", "", StringComparison.Ordinal);

        Assert.Equal(json, JsonSide.Write(JsonSide.Read<Scalars>(json)));
        for (var size = 1; size < 12; size++)
        {
            Assert.Equal(json, JsonSide.Write(JsonSide.ReadPieces<Scalars>(json, size)));
        }
    }

    [Fact]
    public void Read_64_bit_integers_takes_text()
    {
        var message = JsonSide.Read<Scalars>("""{"int64_value":"-5","uint64_value":"18446744073709551615","longs":["1",2]}""");

        Assert.Equal(-5, message.Int64Value);
        Assert.Equal(ulong.MaxValue, message.Uint64Value);
        Assert.Equal([1L, 2L], message.Longs);
    }

    [Theory]
    [InlineData("5.0", 5)]
    [InlineData("1e3", 1000)]
    [InlineData("-2E0", -2)]
    public void Read_integer_takes_other_spellings_of_it(string number, int expected)
    {
        var message = JsonSide.Read<Scalars>($$"""{"int32_value":{{number}},"ids":[{{number}}]}""");

        Assert.Equal(expected, message.Int32Value);
        Assert.Equal([expected], message.Ids);
    }

    [Fact]
    public void Read_bytes_takes_both_alphabets_with_and_without_padding()
    {
        var message = JsonSide.Read<Scalars>("""{"blobs":["+/8=","-_8","-_8=","+/8"]}""");

        Assert.All(message.Blobs, b => Assert.Equal(ByteString.CopyFrom(0xFB, 0xFF), b));
    }

    [Fact]
    public void Read_null_leaves_fields_unset()
    {
        Assert.Equal(new Scalars(), JsonSide.Read<Scalars>("""{"int32_value":null,"ids":null,"string_value":null,"colour":null}"""));
    }

    [Theory]
    [InlineData("""{"int32_value":"5"}""", "int32_value: expected an integer, found a string.", "int32_value")]
    [InlineData("""{"int32_value":2147483648}""", "int32_value: expected an integer that fits 32 bits.", "int32_value")]
    [InlineData("""{"int32_value":1.5}""", "int32_value: expected an integer that fits 32 bits.", "int32_value")]
    [InlineData("""{"ids":[1,2,"x"]}""", "ids[2]: expected an integer, found a string.", "ids[2]")]
    [InlineData("""{"ids":[1,null]}""", "ids[1]: expected an integer, found null.", "ids[1]")]
    [InlineData("""{"ids":{}}""", "ids: expected an array, found an object.", "ids")]
    [InlineData("""{"words":["a",["b"]]}""", "words[1]: expected a string, found an array.", "words[1]")]
    [InlineData("""{"bool_value":1}""", "bool_value: expected a boolean, found a number.", "bool_value")]
    [InlineData("""{"float_value":1e39}""", "float_value: the number is too large.", "float_value")]
    [InlineData("""{"float_value":"1"}""", "float_value: expected a number, found a string.", "float_value")]
    [InlineData("""{"bytes_value":"?"}""", "bytes_value: expected base64 text.", "bytes_value")]
    [InlineData("""{"int64_value":"x"}""", "int64_value: expected an integer that fits 64 bits.", "int64_value")]
    [InlineData(
        """{"colour":"BLUE"}""", "colour: expected one of COLOUR_UNSPECIFIED, COLOUR_RED, COLOUR_GREEN.", "colour")]
    [InlineData("""{"nope":1}""", "nope: not a known member.", "nope")]
    [InlineData("""{"stringValue":"x"}""", "stringValue: not a known member.", "stringValue")]
    [InlineData("""{"int32_value":1,"int32_value":2}""", "int32_value: given twice.", "int32_value")]
    [InlineData("[1]", "The request body: expected an object, found an array.", null)]
    [InlineData("null", "The request body: expected an object, found null.", null)]
    public void Read_wrong_value_names_the_path(string json, string message, string? path)
    {
        var error = JsonSide.Fail<Scalars>(json);

        Assert.Equal(400, error.HttpStatus);
        Assert.Equal(message, error.Message);
        Assert.Equal(path, error.Parameter);
    }
}
