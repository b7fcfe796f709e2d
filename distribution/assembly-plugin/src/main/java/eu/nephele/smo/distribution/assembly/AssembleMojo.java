// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.DependencyManagement;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/**
 * Assembles the installation from the feature files, which are its only source; modules of this build are used as
 * built.
 */
@Mojo(name = "assemble", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public final class AssembleMojo extends AbstractMojo {

    private final RepositorySystem repositories;
    private final MavenSession session;
    private final MavenProject project;

    /** Folder with {@code *.json} and {@code profiles/*.json}. */
    @Parameter(required = true)
    private File features = new File("features");

    /** Folder to write; {@code lib}, {@code bundles}, {@code features} and {@code profiles} in it are recreated. */
    @Parameter(required = true)
    private File home = new File("smo");

    /** Artifacts for {@code lib}, in the form of the ids of bundles; the file name is the artifact id. */
    @Parameter
    private List<String> libraries = List.of();

    /** Called by Maven. */
    @Inject
    public AssembleMojo(RepositorySystem repositories, MavenSession session, MavenProject project) {
        this.repositories = repositories;
        this.session = session;
        this.project = project;
    }

    @Override
    public void execute() throws MojoExecutionException {
        Map<String, String> properties = buildProperties();
        Map<String, String> managed = managedVersions();
        InstallationWriter writer =
                new InstallationWriter(home.toPath(), id -> Coordinates.of(id, properties, managed), this::artifact);
        try {
            Map<String, Feature> known = FeatureFiles.features(features.toPath());
            List<FeatureProfile> profiles = FeatureFiles.profiles(features.toPath(), known);
            writer.writeLibraries(libraries);
            int bundles = writer.writeFeatures(known.values());
            writer.writeProfiles(profiles);
            getLog().info("Assembled %d bundles of %d features; profiles: %s"
                    .formatted(
                            bundles,
                            known.size(),
                            profiles.stream().map(FeatureProfile::name).toList()));
        } catch (AssemblyException broken) {
            throw new MojoExecutionException(broken.getMessage(), broken);
        } catch (IOException unwritable) {
            throw new MojoExecutionException("The installation cannot be written to " + home, unwritable);
        }
    }

    /**
     * With several threads Maven builds a module as soon as its dependencies are built, regardless of its place in the
     * list.
     */
    private void mustBeBuiltBefore(Coordinates coordinates) {
        if (isModule(session.getProjects(), coordinates)
                && !isModule(session.getProjectDependencyGraph().getUpstreamProjects(project, true), coordinates)) {
            throw new AssemblyException(("A feature names %s, a module of this build that is not a dependency of %s:"
                            + " add it to the dependencies of %s")
                    .formatted(coordinates, project.getArtifactId(), project.getFile()));
        }
    }

    private static boolean isModule(List<MavenProject> projects, Coordinates coordinates) {
        return projects.stream()
                .anyMatch(module -> module.getGroupId().equals(coordinates.group())
                        && module.getArtifactId().equals(coordinates.artifact()));
    }

    private Path artifact(Coordinates coordinates) {
        mustBeBuiltBefore(coordinates);
        Artifact wanted =
                new DefaultArtifact(coordinates.group(), coordinates.artifact(), "jar", coordinates.version());
        ArtifactRequest request = new ArtifactRequest(wanted, project.getRemoteProjectRepositories(), "assembly");
        try {
            File file = repositories
                    .resolveArtifact(session.getRepositorySession(), request)
                    .getArtifact()
                    .getFile();
            if (!file.isFile()) {
                throw new AssemblyException(
                        "%s has not been packaged yet in this build: run the phase package or a later one, "
                                        .formatted(coordinates)
                                + "and list its module before the distribution");
            }
            return file.toPath();
        } catch (ArtifactResolutionException missing) {
            throw new AssemblyException(
                    "A feature names %s, which is neither a module of this build nor in a repository: %s"
                            .formatted(coordinates, missing.getMessage()),
                    missing);
        }
    }

    private Map<String, String> buildProperties() {
        Map<String, String> values = new LinkedHashMap<>();
        Properties properties = project.getProperties();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        values.put("project.version", project.getVersion());
        return values;
    }

    private Map<String, String> managedVersions() {
        Map<String, String> versions = new LinkedHashMap<>();
        DependencyManagement management = project.getDependencyManagement();
        if (management != null) {
            management
                    .getDependencies()
                    .forEach(dependency -> versions.put(
                            dependency.getGroupId() + ":" + dependency.getArtifactId(), dependency.getVersion()));
        }
        return versions;
    }
}
