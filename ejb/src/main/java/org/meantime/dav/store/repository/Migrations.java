package org.meantime.dav.store.repository;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.meantime.dav.StorageException;

/**
 * The schema's versions, given to Flyway by name: looking for them on the class path would depend
 * on how each server lays out an archive.
 */
final class Migrations implements ResourceProvider {
  private final String dialect;
  private final List<String> files;

  Migrations(String dialect, List<String> files) {
    this.dialect = dialect;
    this.files = files;
  }

  void migrate(DataSource source) {
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(source)
        .resourceProvider(this)
        .javaMigrationClassProvider(List::of)
        .ignoreMigrationPatterns(new String[0]) // a newer schema is refused, not written to
        .load()
        .migrate();
  }

  @Override
  public LoadableResource getResource(String name) {
    return files.contains(name) ? new Migration(dialect, name) : null;
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return files.stream()
        .filter(file -> file.startsWith(prefix) && Stream.of(suffixes).anyMatch(file::endsWith))
        .<LoadableResource>map(file -> new Migration(dialect, file))
        .toList();
  }

  private static final class Migration extends LoadableResource {
    private final String dialect;
    private final String file;

    private Migration(String dialect, String file) {
      this.dialect = dialect;
      this.file = file;
    }

    @Override
    public Reader read() {
      try (InputStream in = Migrations.class.getResourceAsStream(getRelativePath())) {
        return new StringReader(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new StorageException("the archive cannot be read", e);
      }
    }

    @Override
    public String getAbsolutePath() {
      return getRelativePath();
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return getRelativePath();
    }

    @Override
    public String getFilename() {
      return file;
    }

    @Override
    public String getRelativePath() {
      return dialect + "/" + file;
    }
  }
}
