namespace Beseda.Workplace.Browsing;

/// <summary>What survives a reload; shared by the tabs.</summary>
public interface IStorage
{
    void Set(string key, string value);

    void Remove(string key);

    IReadOnlyList<string> All(string prefix);
}
