// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.ResourceQuery;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.DoorContract;
import eu.nephele.smo.core.contract.store.OperationStore;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuthorizedResourceServiceTest extends DoorContract {

    private static final ResourceRef RACK = RuntimeRig.rack("r1");

    private RuntimeRig rig;

    @BeforeAll
    void start() throws Exception {
        rig = new RuntimeRig(rights);
        rig.install((resource, call) -> Reconciled.ready(resource.desired()));
        Operation begun = rig.apply("r1", 2).operation().orElseThrow();
        RuntimeRig.await(() -> rig.operation(Optional.of(begun)).state() == Operation.State.SUCCEEDED);
    }

    @AfterAll
    void end() {
        rig.close();
    }

    @Override
    protected Map<Class<?>, Object> doors() {
        return Map.of(ResourceService.class, rig.desk());
    }

    @Override
    protected boolean onlyReads(Method method) {
        return Set.of("find", "list").contains(method.getName());
    }

    /** Installed kinds; and a hint to reconcile a resource, which changes no desired state. */
    @Override
    protected boolean isNobodys(Method method) {
        return Set.of("kinds", "wake").contains(method.getName());
    }

    @Override
    protected Object argument(Method method, int index) throws Exception {
        Class<?> type = method.getParameterTypes()[index];
        Map<Class<?>, Object> known = Map.of(
                ResourceRef.class, RACK,
                ResourceWish.class, RuntimeRig.slots(4),
                ResourceQuery.class, ResourceQuery.all("rack", 10));
        return known.containsKey(type) ? known.get(type) : super.argument(method, index);
    }

    @Override
    protected Object stored() {
        return List.of(
                rig.stores().resources().find(RACK).orElseThrow().desired(),
                rig.stores()
                        .operations()
                        .list(new OperationStore.Query(Optional.empty(), Optional.empty(), false, 100)));
    }

    @Test
    void theRightToUpdateIsNoRightToCreate() {
        rights.allow(Set.of(Verb.READ, Verb.UPDATE));
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> rig.desk().apply(RuntimeRig.rack("new"), RuntimeRig.slots(1), ANNA))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(SmoException.Kind.FORBIDDEN));
        assertThat(rig.stores().resources().find(RuntimeRig.rack("new"))).isEmpty();
    }
}
