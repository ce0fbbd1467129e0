using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Beseda.Server.Demo;

/// <summary>A subscriber of the demo provider, and how its site vouches for them.</summary>
internal sealed record DemoCustomer(
    string Id, string Name, string Email, string Phone, string Contract, string Address, string Tariff, int Price, int Balance)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    public static readonly IReadOnlyList<DemoCustomer> All =
    [
        new("100417", "Ирина Соколова", "irina@demo.example", "+7 900 000-04-17", "100417", "Бердск, Садовая, 12", "Семейный · 500 Мбит/с", 650, 212),
        new("100582", "Павел Орлов", "pavel@demo.example", "+7 900 000-05-82", "100582", "Томск, Речная, 7", "Гигабит · 1000 Мбит/с", 850, -150),
    ];

    public static DemoCustomer? Find(string? id) => All.FirstOrDefault(customer => customer.Id == id);

    /// <summary>The customer's identity: HS256 with the account's key, good for twelve hours.</summary>
    public string Sign(byte[] key, DateTimeOffset now) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Claims = new Dictionary<string, object> { ["sub"] = Id, ["name"] = Name, ["email"] = Email, ["phone"] = Phone, ["contract"] = Contract },
        IssuedAt = now.UtcDateTime,
        NotBefore = now.UtcDateTime,
        Expires = (now + Life).UtcDateTime,
        SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(key), SecurityAlgorithms.HmacSha256),
    });
}
