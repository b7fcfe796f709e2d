// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The data of a former version, kept in a file: what its data directory had, and beside it what has to be found there. */
final class FormerData {

    /** One file for each version and database. */
    static final Path FOLDER =
            Path.of("src/test/resources/former").toAbsolutePath().normalize();

    /** Of a database that is not in the data directory. */
    static final String DUMP = "dump.sql";

    private static final String FACTS = "facts.json";
    private static final JsonMapper JSON = new JsonMapper();

    /** What belongs to a process, a machine or the test. */
    private static final Set<String> LEFT_OUT = Set.of("log", "tmp", "cache", "lock", "world.yaml", FormerWorld.ZONES);

    private FormerData() {}

    static Path file(String version, Database database) {
        return FOLDER.resolve("%s-%s.zip".formatted(version, database.name().toLowerCase(Locale.ROOT)));
    }

    /** All versions of which there is data in this database, in order. */
    static List<String> versions(Database database) throws IOException {
        String end = "-%s.zip".formatted(database.name().toLowerCase(Locale.ROOT));
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(end))
                    .map(name -> name.substring(0, name.length() - end.length()))
                    .sorted()
                    .toList();
        }
    }

    /** @param data of a server that has ended */
    static void pack(Path data, JsonNode facts, Path zip) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(data)) {
            files = all.filter(Files::isRegularFile)
                    .map(data::relativize)
                    .filter(FormerData::isKept)
                    .sorted()
                    .toList();
        }
        Files.createDirectories(zip.getParent());
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(file)) {
            out.putNextEntry(new ZipEntry(FACTS));
            out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(facts));
            for (Path each : files) {
                out.putNextEntry(new ZipEntry(each.toString().replace('\\', '/')));
                Files.copy(data.resolve(each), out);
            }
        }
    }

    /** Configuration of the test and the token are made anew; what the server itself has written to {@code etc} is kept. */
    private static boolean isKept(Path file) {
        String name = file.getFileName().toString();
        boolean made = name.endsWith(".cfg") || name.equals("admin.token");
        return !LEFT_OUT.contains(file.getName(0).toString()) && !(file.startsWith("etc") && made);
    }

    /** @return what has to be found */
    static JsonNode unpack(Path zip, Path data) throws IOException {
        JsonNode facts = JSON.missingNode();
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream in = new ZipInputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(FACTS)) {
                    facts = JSON.readTree(in.readAllBytes());
                } else {
                    Path target = data.resolve(entry.getName());
                    Files.createDirectories(target.getParent());
                    Files.copy(in, target);
                }
            }
        }
        return facts;
    }
}
