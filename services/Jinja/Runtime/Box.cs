namespace Atropos.Jinja.Runtime;

/// <summary>Shared boxes of the commonest values: loop counters and truth values make most of a rendering's objects.</summary>
internal static class Box
{
    public static readonly object True = true;
    public static readonly object False = false;

    private const int Lowest = -128;
    private const int Highest = 1023;

    private static readonly object[] SmallIntegers = MakeSmallIntegers();

    public static object Bool(bool value) => value ? True : False;

    public static object Int(long value) => value is >= Lowest and <= Highest ? SmallIntegers[value - Lowest] : value;

    private static object[] MakeSmallIntegers()
    {
        var boxes = new object[Highest - Lowest + 1];
        for (var i = 0; i < boxes.Length; i++)
        {
            boxes[i] = (long)(i + Lowest);
        }

        return boxes;
    }
}
