// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.AuditStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** A store whose writes fail, or hang, while that is switched on. */
final class FailingStore {

    final AtomicBoolean full = new AtomicBoolean();
    final AtomicReference<CountDownLatch> hanging = new AtomicReference<>(new CountDownLatch(0));

    AuditStore around(AuditStore store) {
        return (AuditStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AuditStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        hanging.get().await();
                        if (full.get()) {
                            throw SmoException.of(
                                    SmoException.Kind.UNAVAILABLE, "database", "the disk is full", Optional.empty());
                        }
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
