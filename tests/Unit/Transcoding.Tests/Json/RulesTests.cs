using Atropos.Transcoding.Tests.Support;
using Atropos.Transcoding.Tests.V1;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.Transcoding.Tests.Json;

public sealed class RulesTests
{
    [Fact]
    public void Write_unset_fields_follow_their_rules()
    {
        Assert.Equal("""{"nullable":null,"nested_nullable":null,"counts":{}}""", JsonSide.Write(new Rules()));
    }

    [Fact]
    public void Write_set_fields_with_presence_even_where_they_hold_defaults()
    {
        var json = JsonSide.Write(new Rules { PlainOptional = 0, Nullable = "", Text = "" });

        Assert.Equal("""{"plain_optional":0,"nullable":"","nested_nullable":null,"counts":{},"text":""}""", json);
    }

    [Theory]
    [InlineData("""{ "b" : 1.0e+2, "a":[ 1 , 2 ], "n": 12345678901234567890 }""")]
    [InlineData("1.50")]
    [InlineData("\"te\\u0078t\"")]
    [InlineData("true")]
    [InlineData("[]")]
    public void Raw_json_comes_back_byte_for_byte(string raw)
    {
        var message = JsonSide.Read<Rules>($$"""{"raw": {{raw}} ,"number":1}""");

        Assert.Equal(raw, message.Raw);
        Assert.Contains($"\"raw\":{raw},", JsonSide.Write(message), StringComparison.Ordinal);
        Assert.Equal(raw, JsonSide.ReadPieces<Rules>($$"""{"raw": {{raw}} ,"number":1}""", 3).Raw);
    }

    [Theory]
    [InlineData("raw_object", "[1]", "an object, found an array")]
    [InlineData("raw_object", "1.5", "an object, found a number")]
    [InlineData("raw_array", "{}", "an array, found an object")]
    [InlineData("raw_array", "\"[]\"", "an array, found a string")]
    public void Raw_json_of_another_type_is_refused(string field, string raw, string problem)
    {
        Assert.Equal($"{field}: expected {problem}.", JsonSide.Fail<Rules>($$"""{"{{field}}": {{raw}}}""").Message);
    }

    [Fact]
    public void Raw_json_of_the_right_type_is_kept_and_null_is_none()
    {
        var message = JsonSide.Read<Rules>("""{"raw_object": { "b": 1.0 }, "raw_array": null}""");

        Assert.Equal("{ \"b\": 1.0 }", message.RawObject);
        Assert.False(message.HasRawArray);
        Assert.Contains("\"raw_object\":{ \"b\": 1.0 }", JsonSide.Write(message), StringComparison.Ordinal);
    }

    [Fact]
    public void Raw_json_that_is_not_json_cannot_be_written()
    {
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonSide.Write(new Rules { Raw = "{oops" }));
    }

    [Fact]
    public void Unknown_members_are_kept_and_written_beside_the_others()
    {
        const string Json =
            """{"nullable":"x","nested_nullable":null,"counts":{},"top_k":20,"min_p":0.05,"guided":{"a":[1,"b",null,true,{"c":{}}]},"none":null}""";

        var message = JsonSide.Read<Rules>(Json);

        Assert.Equal(20, message.Extra.Fields["top_k"].NumberValue);
        Assert.Equal(Value.KindOneofCase.NullValue, message.Extra.Fields["none"].KindCase);
        Assert.Equal(Json, JsonSide.Write(message));
    }

    [Fact]
    public void Unknown_members_never_double_a_member_of_the_message()
    {
        var message = new Rules { Nullable = "x", Extra = new Struct() };
        message.Extra.Fields["nullable"] = Value.ForString("y");

        Assert.Equal("""{"nullable":"x","nested_nullable":null,"counts":{}}""", JsonSide.Write(message));
    }

    [Fact]
    public void Unknown_members_given_twice_are_refused()
    {
        Assert.Equal("top_k: given twice.", JsonSide.Fail<Rules>("""{"top_k":1,"top_k":2}""").Message);
        Assert.Equal("a.b: given twice.", JsonSide.Fail<Rules>("""{"a":{"b":1,"b":2}}""").Message);
        Assert.Equal("extra", Assert.Single(JsonSide.Read<Rules>("""{"extra":1}""").Extra.Fields).Key);
    }

    [Fact]
    public void Maps_are_objects()
    {
        const string Json =
            """{"nullable":null,"nested_nullable":null,"counts":{"a":1,"b":2},"names":{"-5":"x"},"children":{"c":{"nullable":null,"nested_nullable":null,"counts":{}}}}""";

        Assert.Equal(Json, JsonSide.Write(JsonSide.Read<Rules>(Json)));
        Assert.Equal("counts.a: given twice.", JsonSide.Fail<Rules>("""{"counts":{"a":1,"a":2}}""").Message);
        Assert.Equal(
            "names.x: as a key expected an integer that fits 64 bits.", JsonSide.Fail<Rules>("""{"names":{"x":"y"}}""").Message);
        Assert.Equal("counts.k: expected an integer, found null.", JsonSide.Fail<Rules>("""{"counts":{"k":null}}""").Message);
    }

    [Fact]
    public void Two_members_of_a_oneof_are_refused()
    {
        Assert.Equal("text: cannot be given together with number.", JsonSide.Fail<Rules>("""{"number":1,"text":"x"}""").Message);
        Assert.Equal("x", JsonSide.Read<Rules>("""{"number":null,"text":"x"}""").Text);
    }

    [Fact]
    public void Errors_in_nested_lists_name_the_whole_path()
    {
        var error = JsonSide.Fail<Rules>("""{"list":[{},{"children":{"k":{"list":[{},{},{"number":true}]}}}]}""");

        Assert.Equal("list[1].children.k.list[2].number", error.Parameter);
    }

    [Fact]
    public void Well_known_types_have_their_own_forms()
    {
        var json =
            """
            {"time":"2026-01-31T12:00:00.500Z","duration":"1.500s","mask":"a_b,c.d","struct":{"x":1},"value":[1,null],"list":["a",2.5],
            "empty":{},"int32":0,"string":"","bool":false,"double":1.5,"int64":7,"bytes":"AA==","int32s":[0,3]}
            """.Replace("\n", "", StringComparison.Ordinal);

        var message = JsonSide.Read<WellKnown>(json);

        Assert.Equal(0, message.Int32);
        Assert.Equal("", message.String);
        Assert.Equal(["a_b", "c.d"], message.Mask.Paths);
        Assert.Equal(json, JsonSide.Write(message));
        Assert.Equal("""{"int32s":[]}""", JsonSide.Write(new WellKnown()));
    }

    [Fact]
    public void Null_is_a_value_only_where_any_value_is_one()
    {
        var message = JsonSide.Read<WellKnown>("""{"value":null,"struct":null,"int32":null,"time":null}""");

        Assert.Equal(new WellKnown { Value = Value.ForNull() }, message);
        Assert.Equal("""{"value":null,"int32s":[]}""", JsonSide.Write(message));
    }

    [Theory]
    [InlineData("""{"time":"yesterday"}""", "time: expected a time as in 2026-01-31T12:00:00Z.")]
    [InlineData("""{"time":5}""", "time: expected a time as in 2026-01-31T12:00:00Z, found a number.")]
    [InlineData("""{"duration":"1"}""", "duration: expected a duration in seconds as in 1.5s.")]
    [InlineData("""{"any":{}}""", "any: google.protobuf.Any cannot be given as JSON.")]
    [InlineData("""{"struct":[]}""", "struct: expected an object, found an array.")]
    [InlineData("""{"list":{}}""", "list: expected an array, found an object.")]
    [InlineData("""{"value":1e999}""", "value: the number is too large.")]
    public void Wrong_well_known_values_say_what_was_expected(string json, string message)
    {
        Assert.Equal(message, JsonSide.Fail<WellKnown>(json).Message);
    }
}
