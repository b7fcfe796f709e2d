// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.distribution.assembly.ShippedFile.ContainedArtifact;
import eu.nephele.smo.distribution.assembly.ThirdPartyLock.LockEntry;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;

/**
 * Says what an assembled installation consists of: writes its bill of materials and its licences, and compares everything
 * that was not built here with the lock file.
 */
@Mojo(
        name = "supply",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class SupplyMojo extends AbstractMojo {

    private final MavenArtifacts artifacts;
    private final MavenProject project;

    /** The installation; all of its jars are there already. */
    @Parameter(required = true)
    private File home = new File("smo");

    /** As those of {@code assemble}. */
    @Parameter
    private List<String> libraries = List.of();

    /** The committed list of artifacts, digests and licences. */
    @Parameter(required = true)
    private File lock = new File("third-party.json");

    /** Names of licences, and which of them are allowed. */
    @Parameter(required = true)
    private File licences = new File("licences.json");

    /** Folder with the texts of licences. */
    @Parameter(required = true)
    private File texts = new File("texts");

    @Parameter(defaultValue = "${project.build.outputTimestamp}")
    private String timestamp = "";

    /** Writes the lock file instead of comparing with it. */
    @Parameter(property = "smo.lock.write")
    private boolean write;

    /** Called by Maven. */
    @Inject
    public SupplyMojo(RepositorySystem repositories, MavenSession session, MavenProject project) {
        this.artifacts = new MavenArtifacts(repositories, session, project);
        this.project = project;
    }

    @Override
    public void execute() throws MojoExecutionException {
        try {
            List<ShippedFile> files = shipped();
            Map<Coordinates, String> digests = new LinkedHashMap<>();
            Map<Coordinates, Path> jars = new LinkedHashMap<>();
            for (ShippedFile file : files) {
                collect(file, digests, jars);
            }
            Map<Coordinates, String> plugins = new LinkedHashMap<>();
            for (Map.Entry<Coordinates, Path> plugin : artifacts.plugins().entrySet()) {
                plugins.put(plugin.getKey(), Digests.sha256(plugin.getValue()));
            }
            LicenceNames names = LicenceNames.read(licences.toPath());
            ThirdPartyLock locked = ThirdPartyLock.read(lock.toPath());
            if (write) {
                locked = renewed(locked, names, digests, plugins, jars);
                locked.write(lock.toPath());
            }
            compare(locked, digests, plugins);
            Map<Coordinates, List<String>> known = known(locked, names, digests);
            new LicenceFiles(home.toPath(), texts.toPath(), names).write(known, jars);
            BillOfMaterials bill =
                    new BillOfMaterials(project.getVersion(), timestamp, one -> known.getOrDefault(one, List.of()));
            Files.write(home.toPath().resolve("sbom.json"), bill.json(files).getBytes(StandardCharsets.UTF_8));
            getLog().info("Bill of materials: %d jars, %d artifacts of others; %d artifacts of plugins compared"
                    .formatted(files.size(), digests.size(), plugins.size()));
        } catch (AssemblyException broken) {
            throw new MojoExecutionException(broken.getMessage(), broken);
        } catch (IOException unreadable) {
            throw new MojoExecutionException("The bill of materials cannot be made: " + unreadable, unreadable);
        }
    }

    private void collect(ShippedFile file, Map<Coordinates, String> digests, Map<Coordinates, Path> jars)
            throws IOException {
        if (!file.own()) {
            digests.put(file.origin(), Digests.sha256(file.artifact()));
            jars.put(file.origin(), file.artifact());
        }
        for (ContainedArtifact part : file.contents()) {
            digests.putIfAbsent(part.origin(), part.sha256());
            if (!part.sha256().isEmpty() && !jars.containsKey(part.origin())) {
                jars.put(part.origin(), artifacts.jar(part.origin()));
            }
        }
    }

    private List<ShippedFile> shipped() throws IOException {
        Map<String, Coordinates> known = new TreeMap<>();
        for (String id : features()) {
            Coordinates bundle = Coordinates.of(id, Map.of(), Map.of());
            known.put("bundles/" + bundle.fileName(), bundle);
        }
        for (String id : libraries) {
            Coordinates library = Coordinates.of(id, Map.of(), Map.of());
            known.put("lib/" + library.artifact() + ".jar", library);
        }
        project.getArtifacts().stream()
                .filter(artifact -> List.of("compile", "runtime").contains(artifact.getScope()))
                .forEach(artifact -> known.put(
                        "cli/" + artifact.getArtifactId() + ".jar",
                        new Coordinates(artifact.getGroupId(), artifact.getArtifactId(), artifact.getBaseVersion())));
        List<ShippedFile> files = new ArrayList<>();
        for (Path jar : jars()) {
            String path = home.toPath().relativize(jar).toString().replace(File.separatorChar, '/');
            files.add(shipped(
                    jar,
                    path,
                    Optional.ofNullable(known.get(path))
                            .or(() -> builtHere(path))
                            .orElseThrow(() -> new AssemblyException(
                                    "%s is in the installation, and nothing says where it comes from"
                                            .formatted(path)))));
        }
        return files;
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> all = Files.walk(home.toPath())) {
            return all.filter(file -> file.toString().endsWith(".jar"))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }

    private List<String> features() throws IOException {
        List<String> ids = new ArrayList<>();
        try (Stream<Path> all = Files.list(home.toPath().resolve("features"))) {
            for (Path file : all.sorted().toList()) {
                for (JsonNode bundle : new JsonMapper().readTree(file.toFile()).path("bundles")) {
                    ids.add(bundle.path("id").asText());
                }
            }
        }
        return ids;
    }

    /** What partners build against, and plugins to try: {@code repository/…/ARTIFACT/VERSION/FILE}, {@code examples/ARTIFACT-VERSION.jar}. */
    private Optional<Coordinates> builtHere(String path) {
        String[] parts = path.split("/", -1);
        if (parts[0].equals("repository") && parts.length > 3) {
            return artifacts.module(parts[parts.length - 3]);
        }
        String file = parts[parts.length - 1].replaceAll("\\.jar$", "");
        int version = file.lastIndexOf('-');
        return parts[0].equals("examples") && version > 0
                ? artifacts
                        .module(file.substring(0, version))
                        .map(module -> new Coordinates(module.group(), module.artifact(), file.substring(version + 1)))
                : Optional.empty();
    }

    private ShippedFile shipped(Path jar, String path, Coordinates origin) throws IOException {
        boolean own = artifacts.isOwn(origin);
        boolean program = !path.startsWith("repository/");
        // an artifact of another version, as an example in two versions, has the dependencies of its module
        Coordinates module = artifacts.module(origin.artifact()).orElse(origin);
        List<ContainedArtifact> contents = !own
                ? ContentScan.declared(jar, origin)
                : program ? ContentScan.contents(jar, artifacts.dependencies(module)) : List.of();
        return new ShippedFile(path, Digests.sha256(jar), origin, own ? jar : artifacts.jar(origin), own, contents);
    }

    private void compare(ThirdPartyLock locked, Map<Coordinates, String> shipped, Map<Coordinates, String> plugins) {
        Map<String, String> all = new TreeMap<>();
        shipped.forEach((one, sha256) -> all.put(one.toString(), sha256));
        plugins.forEach((one, sha256) -> all.put(one.toString(), sha256));
        List<String> differences = locked.differences(all);
        if (!differences.isEmpty()) {
            throw new AssemblyException(
                    ("%s\nAn artifact is not the one that was looked at: do not ship it before you know why."
                                    + " After a wanted change of a version renew %s by: ./smo lock")
                            .formatted(String.join("\n", differences), lock.getName()));
        }
    }

    private Map<Coordinates, List<String>> known(
            ThirdPartyLock locked, LicenceNames names, Map<Coordinates, String> shipped) {
        Map<Coordinates, List<String>> known = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        shipped.keySet().forEach(one -> {
            List<String> ids = locked.entries()
                    .getOrDefault(one.toString(), new LockEntry("", List.of()))
                    .licences();
            if (names.chosen(ids).isEmpty()) {
                wrong.add("%s has the licences %s, none of which is allowed by %s"
                        .formatted(one, ids, licences.getName()));
            }
            known.put(one, ids);
        });
        if (!wrong.isEmpty()) {
            throw new AssemblyException(String.join("\n", wrong));
        }
        return known;
    }

    private ThirdPartyLock renewed(
            ThirdPartyLock before,
            LicenceNames names,
            Map<Coordinates, String> shipped,
            Map<Coordinates, String> plugins,
            Map<Coordinates, Path> jars)
            throws IOException {
        Map<String, LockEntry> entries = new TreeMap<>();
        plugins.forEach((one, sha256) -> entries.put(one.toString(), new LockEntry(sha256, List.of())));
        for (Map.Entry<Coordinates, String> one : shipped.entrySet()) {
            Coordinates artifact = one.getKey();
            List<String> said = names.ids(artifacts.licences(artifact, Optional.ofNullable(jars.get(artifact))));
            // what a person has written there stays where the artifact says nothing that is known
            List<String> ids =
                    names.chosen(said).isEmpty() ? before.licencesOf(artifact).orElse(said) : said;
            entries.put(artifact.toString(), new LockEntry(one.getValue(), ids));
        }
        return new ThirdPartyLock(entries);
    }
}
