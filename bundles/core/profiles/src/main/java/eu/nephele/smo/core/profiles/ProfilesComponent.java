// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.profiles;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceQuery;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.profile.ArtifactVersion;
import eu.nephele.smo.core.contract.profile.ServiceObservation;
import eu.nephele.smo.core.contract.profile.ServiceProfiles;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learning and the kind of resources behind OSGi; the runtime of resources comes and goes without it. */
@Component(
        service = {ServiceProfiles.class, ResourceController.class},
        immediate = true,
        configurationPid = "eu.nephele.smo.core.profiles",
        property = ResourceController.KIND + "=" + ProfileController.KIND_NAME)
@Designate(ocd = ProfilesConfig.class)
public final class ProfilesComponent implements ServiceProfiles, ResourceController {

    private static final Logger LOG = LoggerFactory.getLogger(ProfilesComponent.class);
    private static final int PAGE = 500;

    private final ProfileStore store = new StoredResources();
    private final AppliedProfiles applied = new AppliedProfiles(store);
    private final ProfileController controller = new ProfileController(applied);
    private final ProfileLearning learning;
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(work -> new Thread(work, "smo-profiles"));

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable ResourceService resources;

    @Activate
    public ProfilesComponent(ProfilesConfig config) {
        ProfileSettings settings = ProfileSettings.read(config);
        ProfileProposals proposals = new ProfileProposals(store, settings, Clock.systemUTC());
        this.learning = new ProfileLearning(settings, applied, new LearnedArtifacts(settings, proposals), executor);
    }

    /** This server decides from now on: what it has read while another one did may have changed. */
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindTenure(Tenure tenure) {
        LOG.debug("applied profiles are read again epoch={}", tenure.epoch());
        applied.readAgain();
    }

    void unbindTenure(Tenure over) {
        LOG.debug("applied profiles are another server's epoch={}", over.epoch());
        applied.readAgain();
    }

    @Deactivate
    void close() {
        executor.shutdownNow();
    }

    /** Documents as resources of the kind. */
    private final class StoredResources implements ProfileStore {

        private ResourceService runtime() {
            return Optional.ofNullable(resources)
                    .orElseThrow(() -> SmoException.of(
                            SmoException.Kind.UNAVAILABLE,
                            "smo",
                            "The resource runtime is unavailable",
                            Optional.empty()));
        }

        @Override
        public Optional<Versioned> find(ArtifactVersion artifact) {
            return runtime()
                    .find(ProfileController.ref(artifact), CallContext.INTERNAL)
                    .map(stored -> new Versioned(new ProfileDocument(stored.desired()), stored.generation()));
        }

        @Override
        public List<ProfileDocument> all() {
            List<ProfileDocument> documents = new ArrayList<>();
            ResourceQuery query = ResourceQuery.all(ProfileController.KIND_NAME, PAGE);
            List<Resource> page;
            do {
                page = runtime().list(query, CallContext.INTERNAL);
                for (Resource stored : page) {
                    query = query.behind(stored.ref());
                    ProfileDocument document = new ProfileDocument(stored.desired());
                    if (!stored.leaving() && document.isCalled(stored.ref())) {
                        documents.add(document);
                    }
                }
            } while (page.size() == PAGE);
            return documents;
        }

        @Override
        public void write(Versioned changed) {
            ResourceWish wish =
                    new ResourceWish(changed.document().json(), Map.of(), OptionalLong.of(changed.generation()));
            runtime().apply(ProfileController.ref(changed.document().artifact()), wish, CallContext.INTERNAL);
        }
    }

    @Override
    public boolean isLearning() {
        return learning.isLearning();
    }

    @Override
    public void observe(List<ServiceObservation> observations, Duration window) {
        learning.observe(observations, window);
    }

    @Override
    public Optional<AppliedProfile> applied(ArtifactVersion artifact) {
        return learning.applied(artifact);
    }

    @Override
    public ResourceKind kind() {
        return controller.kind();
    }

    @Override
    public Reconciled reconcile(Resource resource, Reconciliation call) {
        return controller.reconcile(resource, call);
    }
}
