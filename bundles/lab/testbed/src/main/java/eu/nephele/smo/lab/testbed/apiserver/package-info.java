// SPDX-License-Identifier: Apache-2.0
/**
 * An API server that is played: objects in memory behind the paths, verbs and rules of Kubernetes that the adapters live by. For
 * tests that need no etcd and no program of Kubernetes; what a real one refuses by schema, rights or admission this one takes.
 */
package eu.nephele.smo.lab.testbed.apiserver;
