using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Beseda.Server.Users;

/// <summary>
/// What no rule of the journal uses: how users of this installation sign in, and the keys of their cookies. A file of its
/// own, so that the journal's writer never waits for it.
/// </summary>
public sealed class DirectoryDb(DbContextOptions<DirectoryDb> options) : IdentityUserContext<User, long>(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Creates or upgrades the tables.</summary>
    /// <remarks>
    /// The lock row of a migration that was killed half-way would block the next one for ever. The data folder is locked
    /// when this runs, so nobody else can be migrating.
    /// </remarks>
    public async Task UpgradeAsync()
    {
        // Without it, who writes while somebody reads is turned away at once. (Migrations set it only for a file they make.)
        await Database.ExecuteSqlRawAsync("pragma journal_mode = wal");
        if (!(await Database.GetPendingMigrationsAsync()).Any())
            return;
        await Database.ExecuteSqlRawAsync("drop table if exists __EFMigrationsLock");
        await Database.MigrateAsync();
    }

    public static string ConnectionString(string folder) => $"Data Source={Path.Combine(folder, "directory.db")}";
}

/// <summary>Somebody who signs in, with an e-mail address and a hashed password.</summary>
public sealed class User : IdentityUser<long>;

/// <summary>For <c>dotnet ef migrations add</c>.</summary>
public sealed class DirectoryDesign : IDesignTimeDbContextFactory<DirectoryDb>
{
    public DirectoryDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<DirectoryDb>().UseSqlite("Data Source=design.db").Options);
}
