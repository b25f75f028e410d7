using Atropos.Sessions.V1;
using Google.Protobuf;

namespace Atropos.SessionTracker.Stores;

/// <summary>Records as bytes. Reading names the session and the turn of what cannot be read.</summary>
internal static class RecordFormat
{
    /// <summary>The format that is written.</summary>
    public const int Current = 1;

    public static byte[] Write(Session session)
    {
        var created = session.Clone();
        created.TurnCount = 0;
        created.NodeCount = 0;
        created.ContinuityFallbacks = 0;
        created.LastAccessed = 0;
        return new SessionRecord { Format = Current, Session = created }.ToByteArray();
    }

    public static Session ReadSession(byte[] record, string uuid, TurnTotals totals)
    {
        var parsed = Parse(SessionRecord.Parser, record, $"The record of session {uuid}");
        Check(parsed.Format, $"The record of session {uuid}");
        var session = parsed.Session ?? throw new SessionStoreException($"The record of session {uuid} is damaged: it has no session.");
        session.TurnCount = totals.Turns;
        session.NodeCount = totals.Leaves;
        session.ContinuityFallbacks = totals.ContinuityFallbacks;
        session.LastAccessed = totals.LastTurnAt ?? session.CreatedAt;
        return session;
    }

    public static TurnRecord ReadTurn(byte[] record, string uuid, string turnId)
    {
        var what = $"The record of turn {turnId} of session {uuid}";
        var turn = Parse(TurnRecord.Parser, record, what);
        Check(turn.Format, what);
        return turn;
    }

    private static T Parse<T>(MessageParser<T> parser, byte[] record, string what)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(record);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new SessionStoreException($"{what} is damaged: {error.Message}", error);
        }
    }

    private static void Check(int format, string what)
    {
        if (format > Current)
        {
            throw new SessionStoreException(
                $"{what} is of format {format}; this version reads up to {Current}. Use the version that wrote it, or a newer one.");
        }

        if (format < 1)
        {
            throw new SessionStoreException($"{what} is damaged: it has no format.");
        }
    }
}
