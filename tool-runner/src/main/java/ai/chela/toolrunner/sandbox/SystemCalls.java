package ai.chela.toolrunner.sandbox;

import java.util.Optional;

/**
 * Numbers of system calls of one architecture, from Linux' {@code asm/unistd_64.h} and {@code asm-generic/unistd.h}.
 *
 * @param auditArch {@code AUDIT_ARCH_*} of {@code linux/audit.h}
 * @param cloneCall the number of {@code clone}
 * @param foreign numbers from here on belong to a second ABI of the architecture (x32)
 * @param denied calls that end with EPERM
 */
record SystemCalls(int auditArch, int foreign, int cloneCall, int socket, int socketpair, int ioctl, int[] denied) {

    /** The newest number known when this was written ({@code mseal}, Linux 6.10); later ones do not exist inside. */
    static final int NEWEST = 462;
    /** The same number everywhere, as all from 424 on. Its flags are in memory, where a filter cannot look. */
    static final int CLONE3 = 435;

    /** The same on every architecture. */
    private static final int[] SINCE_424 = {
        425,
        426,
        427, // io_uring_setup, io_uring_enter, io_uring_register
        428,
        429,
        430,
        431,
        432,
        433, // open_tree, move_mount, fsopen, fsconfig, fsmount, fspick
        438,
        440,
        442,
        443,
        447, // pidfd_getfd, process_madvise, mount_setattr, quotactl_fd, memfd_secret
        450,
        457,
        458 // set_mempolicy_home_node, statmount, listmount
    };

    private static final int[] X86_64 = {
        101,
        103,
        134,
        135,
        139,
        153, // ptrace, syslog, uselib, personality, sysfs, vhangup
        154,
        155,
        156,
        159,
        161,
        163, // modify_ldt, pivot_root, _sysctl, adjtimex, chroot, acct
        164,
        165,
        166,
        167,
        168,
        169, // settimeofday, mount, umount2, swapon, swapoff, reboot
        170,
        171,
        172,
        173, // sethostname, setdomainname, iopl, ioperm
        174,
        175,
        176,
        177,
        178, // create_module, init_module, delete_module, get_kernel_syms, query_module
        179,
        180,
        212,
        227, // quotactl, nfsservctl, lookup_dcookie, clock_settime
        237,
        238,
        246, // mbind, set_mempolicy, kexec_load
        248,
        249,
        250,
        256, // add_key, request_key, keyctl, migrate_pages
        272,
        279,
        298,
        300,
        301, // unshare, move_pages, perf_event_open, fanotify_init, fanotify_mark
        303,
        304,
        305,
        308, // name_to_handle_at, open_by_handle_at, clock_adjtime, setns
        310,
        311,
        312,
        313, // process_vm_readv, process_vm_writev, kcmp, finit_module
        320,
        321,
        323 // kexec_file_load, bpf, userfaultfd
    };

    private static final int[] AARCH64 = {
        18,
        39,
        40,
        41,
        42,
        51, // lookup_dcookie, umount2, mount, pivot_root, nfsservctl, chroot
        58,
        60,
        89,
        92,
        97, // vhangup, quotactl, acct, personality, unshare
        104,
        105,
        106,
        112,
        116,
        117, // kexec_load, init_module, delete_module, clock_settime, syslog, ptrace
        142,
        161,
        162,
        170,
        171, // reboot, sethostname, setdomainname, settimeofday, adjtimex
        217,
        218,
        219,
        224,
        225, // add_key, request_key, keyctl, swapon, swapoff
        235,
        237,
        238,
        239,
        241, // mbind, set_mempolicy, migrate_pages, move_pages, perf_event_open
        262,
        263,
        264,
        265,
        266, // fanotify_init, fanotify_mark, name_to_handle_at, open_by_handle_at, clock_adjtime
        268,
        270,
        271,
        272,
        273, // setns, process_vm_readv, process_vm_writev, kcmp, finit_module
        280,
        282,
        294 // bpf, userfaultfd, kexec_file_load
    };

    /** Of a Java architecture name ({@code os.arch}), empty for one that has no table here. */
    static Optional<SystemCalls> of(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" ->
                Optional.of(new SystemCalls(0xC000003E, 0x40000000, 56, 41, 53, 16, joined(X86_64)));
            case "aarch64" ->
                Optional.of(new SystemCalls(0xC00000B7, Integer.MAX_VALUE, 220, 198, 199, 29, joined(AARCH64)));
            case String _ -> Optional.empty();
        };
    }

    private static int[] joined(int[] own) {
        int[] all = new int[own.length + SINCE_424.length];
        System.arraycopy(own, 0, all, 0, own.length);
        System.arraycopy(SINCE_424, 0, all, own.length, SINCE_424.length);
        return all;
    }
}
