using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>The few methods of numbers that templates have use for.</summary>
internal static class NumberMethods
{
    public static BuiltinMethod? Find(object self, string name) => (self, name) switch
    {
        (double, "is_integer") => static (_, value, args) =>
        {
            args.RequireNone("is_integer");
            return Box.Bool(Math.Floor((double)value) == (double)value);
        },
        (not double, "bit_length") => static (_, value, args) =>
        {
            args.RequireNone("bit_length");
            return Box.Int(System.Numerics.BigInteger.Abs(PyNumber.ToBig(value)).GetBitLength());
        },
        (not double, "is_integer") => static (_, _, args) =>
        {
            args.RequireNone("is_integer");
            return Box.True;
        },
        _ => null,
    };
}
