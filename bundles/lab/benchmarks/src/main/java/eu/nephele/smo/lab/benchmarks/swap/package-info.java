// SPDX-License-Identifier: Apache-2.0
/** How long decisions wait when plugins change, and whether anything is lost, mixed or left behind. */
package eu.nephele.smo.lab.benchmarks.swap;
