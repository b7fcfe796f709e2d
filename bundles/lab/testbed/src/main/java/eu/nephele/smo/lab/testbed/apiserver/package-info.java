// SPDX-License-Identifier: Apache-2.0
/**
 * A played API server: objects in memory behind the paths, verbs and rules of Kubernetes that the adapters need. For
 * tests that need no etcd and no program of Kubernetes. It accepts objects that a real one rejects by schema, rights or
 * admission.
 */
package eu.nephele.smo.lab.testbed.apiserver;
